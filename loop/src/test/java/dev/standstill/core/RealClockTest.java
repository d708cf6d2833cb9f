package dev.standstill.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RealClockTest extends ClockContract {

  @Override
  Clock clock() {
    return new RealClock();
  }

  @Override
  void pass(Clock clock, Duration time) {
    long end = clock.nanos() + time.toNanos();
    while (clock.nanos() < end) {
      LockSupport.parkNanos(end - clock.nanos());
    }
  }

  @Test
  void showsTheDateOfTheMachine() {
    Instant before = Instant.now();
    Instant now = new RealClock().now();
    assertThat(now).isBetween(before, Instant.now());
  }
}
