package dev.standstill.core;

import java.time.Instant;

/** The time of the machine. */
final class RealClock implements Clock {

  private final long origin = System.nanoTime();

  @Override
  public long nanos() {
    return System.nanoTime() - origin;
  }

  @Override
  public Instant now() {
    return Instant.now();
  }
}
