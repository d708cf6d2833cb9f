package dev.standstill.core;

import java.time.Instant;

/** The time of the machine. */
public final class RealClock implements Clock {

  private final long origin = System.nanoTime();

  /** A clock that starts now. */
  public RealClock() {}

  @Override
  public long nanos() {
    return System.nanoTime() - origin;
  }

  @Override
  public Instant now() {
    return Instant.now();
  }
}
