package dev.standstill;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rings for a loop whose driver does not wait for its timers itself. For one thread at a time; any
 * thread may call {@link #cancel}.
 */
final class Alarm {

  /** One thread of the JVM, which only hands over; it starts when it is first needed. */
  private static final ScheduledThreadPoolExecutor CLOCK =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("standstill-alarm").factory());

  static {
    CLOCK.setRemoveOnCancelPolicy(true);
  }

  private final Runnable ring;
  private volatile @Nullable Future<?> pending;

  /** Once this has passed, the pending one has rung or is about to, whatever the future says. */
  private long pendingAt;

  Alarm(Runnable ring) {
    this.ring = ring;
  }

  /** Rings once so many nanoseconds have passed, or earlier. */
  void set(long nanos) {
    long now = System.nanoTime();
    long at = now + nanos;
    if (pending == null || at - pendingAt < 0 || now - pendingAt >= 0) {
      cancel();
      pendingAt = at;
      pending = CLOCK.schedule(ring, nanos, TimeUnit.NANOSECONDS);
    }
  }

  void cancel() {
    Future<?> set = pending;
    if (set != null) {
      set.cancel(false);
    }
  }
}
