package dev.standstill.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class VirtualClockTest extends ClockContract {

  private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");

  private final VirtualClock clock = new VirtualClock(START);

  @Override
  Clock clock() {
    return clock;
  }

  @Override
  void pass(Clock clock, Duration time) {
    this.clock.moveTo(clock.nanos() + time.toNanos());
  }

  @Test
  void startsAtItsDateAndStandsStill() {
    assertThat(clock.nanos()).isZero();
    assertThat(clock.now()).isEqualTo(START).isEqualTo(clock.now());
  }

  @Test
  void movesToTheNanosecond() {
    clock.moveTo(1_000_000_001);
    assertThat(clock.nanos()).isEqualTo(1_000_000_001);
    assertThat(clock.now()).isEqualTo(Instant.parse("2000-01-01T00:00:01.000000001Z"));
  }

  @Test
  void mayMoveToWhereItIs() {
    clock.moveTo(5);
    clock.moveTo(5);
    assertThat(clock.nanos()).isEqualTo(5);
  }

  @Test
  void refusesToGoBack() {
    clock.moveTo(10);
    assertThatThrownBy(() -> clock.moveTo(9))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Virtual time is at 10 ns and cannot go back to 9 ns.");
    assertThat(clock.nanos()).isEqualTo(10);
  }
}
