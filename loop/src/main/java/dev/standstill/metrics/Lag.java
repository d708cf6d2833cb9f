package dev.standstill.metrics;

import java.util.concurrent.atomic.AtomicLong;

/** Measures how long what is handed over waits for its turn; one wait at a time. */
final class Lag {

  private static final int NOT_ADMITTED = -1;

  /** When the wait began that is being measured; 0 if none is. */
  private final AtomicLong since = new AtomicLong();

  private final RecentMaximum longest;

  /** How many slices run before; the carrier's. */
  private int ahead = NOT_ADMITTED;

  Lag(long now) {
    longest = new RecentMaximum(now);
  }

  /** Begins to measure a wait, unless one is being measured. Any thread may call. */
  boolean begins() {
    return since.getOpaque() == 0 && since.compareAndSet(0, notZero(System.nanoTime()));
  }

  /** The loop has taken in what waits; for the carrier. */
  void admitted(int slicesAhead) {
    ahead = slicesAhead;
    if (slicesAhead == 0) {
      ends(System.nanoTime());
    }
  }

  /** A slice has left the queue and ended; for the carrier. */
  void sliceEnded(long now) {
    if (ahead > 0 && --ahead == 0) {
      ends(now);
    }
  }

  private void ends(long now) {
    longest.add(now - since.getOpaque(), now);
    ahead = NOT_ADMITTED;
    since.setRelease(0);
  }

  /** Nothing is taken in any more. Any thread may call. */
  void abandon() {
    since.set(0);
  }

  /** The longest wait of late, or the one that goes on. Any thread may call. */
  long at(long now) {
    long begun = since.getAcquire();
    return Math.max(longest.at(now), begun == 0 ? 0 : now - begun);
  }

  private static long notZero(long nanoTime) {
    return nanoTime == 0 ? 1 : nanoTime;
  }
}
