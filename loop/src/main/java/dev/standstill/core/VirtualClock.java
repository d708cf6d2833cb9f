package dev.standstill.core;

import java.time.Instant;

/** Time that moves only when told to. Written by the driver of its loop, read by any thread. */
public final class VirtualClock implements Clock {

  private final Instant start;
  private volatile long nanos;

  /**
   * @param start the date at which the clock starts
   */
  public VirtualClock(Instant start) {
    this.start = start;
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public Instant now() {
    return at(nanos);
  }

  /** The date {@code moment} nanoseconds after the start. */
  public Instant at(long moment) {
    return start.plusNanos(moment);
  }

  /**
   * Moves time forward.
   *
   * @param moment nanoseconds since the start
   * @throws IllegalArgumentException if that is in the past, because time never goes back
   */
  void moveTo(long moment) {
    if (moment < nanos) {
      throw new IllegalArgumentException(
          "Virtual time is at %d ns and cannot go back to %d ns.".formatted(nanos, moment));
    }
    nanos = moment;
  }
}
