package dev.standstill.metrics;

import java.util.concurrent.TimeUnit;

/**
 * The greatest value of the last one to two minutes: of the minute that goes on, and of the one
 * before. The carrier writes; any thread may read.
 */
final class RecentMaximum {

  static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

  private volatile long begun;
  private volatile long current;
  private volatile long before;

  /**
   * @param now the {@code System.nanoTime()}
   */
  RecentMaximum(long now) {
    begun = now;
  }

  /** Adds a value that is not negative. */
  void add(long value, long now) {
    long age = now - begun;
    if (age >= WINDOW_NANOS) {
      before = age < 2 * WINDOW_NANOS ? current : 0;
      begun = now;
      current = 0;
    }
    if (value > current) {
      current = value;
    }
  }

  /** The greatest value, 0 if there is none. */
  long at(long now) {
    long age = now - begun;
    if (age < WINDOW_NANOS) {
      return Math.max(current, before);
    }
    return age < 2 * WINDOW_NANOS ? current : 0;
  }
}
