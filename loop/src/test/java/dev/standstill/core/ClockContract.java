package dev.standstill.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What holds of real and of virtual time alike. */
abstract class ClockContract {

  abstract Clock clock();

  /** Returns once so much time of the clock has passed. */
  abstract void pass(Clock clock, Duration time);

  @Test
  void isNeverNegativeAndNeverGoesBack() {
    Clock clock = clock();
    long before = clock.nanos();
    assertThat(before).isNotNegative();
    for (int i = 0; i < 1_000; i++) {
      long now = clock.nanos();
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
    }
  }

  @Test
  void countsTheNanosecondsThatPass() {
    Clock clock = clock();
    long before = clock.nanos();
    pass(clock, Duration.ofMillis(5));
    assertThat(clock.nanos() - before).isGreaterThanOrEqualTo(5_000_000);
  }

  @Test
  void movesTheDateWithTheNanoseconds() {
    Clock clock = clock();
    Instant before = clock.now();
    pass(clock, Duration.ofMillis(5));
    assertThat(clock.now()).isAfter(before);
  }
}
