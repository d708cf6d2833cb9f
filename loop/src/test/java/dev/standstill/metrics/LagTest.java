package dev.standstill.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the lag of a loop is, slice by slice. */
class LagTest {

  private static final long LATER = TimeUnit.SECONDS.toNanos(1);

  private final long now = System.nanoTime();
  private final Lag lag = new Lag(now);

  @Test
  void lastsUntilAllThatWasReadyBeforeHasRun() {
    assertThat(lag.begins()).isTrue();
    lag.sliceEnded(now + LATER); // one that was running, before it was taken in
    lag.admitted(2);
    lag.sliceEnded(now + 2 * LATER);
    assertThat(lag.at(now + 3 * LATER)).as("goes on").isGreaterThan(2 * LATER);
    lag.sliceEnded(now + 4 * LATER);
    lag.sliceEnded(now + 5 * LATER);

    assertThat(lag.at(now + 6 * LATER)).isBetween(3 * LATER, 4 * LATER);
  }

  @Test
  void endsAtOnceWhereNothingIsBefore() {
    lag.begins();
    lag.admitted(0);
    assertThat(lag.at(now + LATER)).isLessThan(LATER);
  }

  @Test
  void isThatOfOneThingAtATime() {
    assertThat(lag.begins()).isTrue();
    assertThat(lag.begins()).as("while one waits").isFalse();
    lag.admitted(0);
    assertThat(lag.begins()).as("afterwards").isTrue();
  }

  @Test
  void isNoneBeforeAnythingWasHandedOver() {
    lag.sliceEnded(now + LATER);
    assertThat(lag.at(now + LATER)).isZero();
  }
}
