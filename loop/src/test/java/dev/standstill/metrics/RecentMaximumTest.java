package dev.standstill.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentMaximumTest {

  private static final long MINUTE = RecentMaximum.WINDOW_NANOS;

  private final long start = Long.MAX_VALUE - MINUTE / 2; // the clock may overflow
  private final RecentMaximum maximum = new RecentMaximum(start);

  @Test
  void isTheGreatestOfTheMinuteAndTheOneBefore() {
    assertThat(maximum.at(start)).isZero();
    maximum.add(5, start);
    maximum.add(3, start + 1);
    assertThat(maximum.at(start + MINUTE - 1)).isEqualTo(5);
    maximum.add(2, start + MINUTE);
    assertThat(maximum.at(start + MINUTE)).as("of the minute before").isEqualTo(5);
    maximum.add(1, start + 2 * MINUTE);
    assertThat(maximum.at(start + 2 * MINUTE)).isEqualTo(2);
  }

  @Test
  void isForgottenThoughNothingComes() {
    maximum.add(5, start);
    assertThat(maximum.at(start + 2 * MINUTE - 1)).isEqualTo(5);
    assertThat(maximum.at(start + 2 * MINUTE)).isZero();
    maximum.add(1, start + 3 * MINUTE);
    assertThat(maximum.at(start + 3 * MINUTE)).isEqualTo(1);
  }
}
