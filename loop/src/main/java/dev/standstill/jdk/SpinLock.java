package dev.standstill.jdk;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A lock for what all loops and other threads share, held for a moment only. In line for one that
 * lets threads wait, a task could be the next while its driver waits behind it, and nobody but the
 * driver could run it. Not reentrant. Any thread may call.
 */
final class SpinLock {

  private final AtomicBoolean held = new AtomicBoolean();
  private final Runnable last;

  /**
   * @param last runs whenever the lock is about to be let go, so that what others read without it
   *     is true
   */
  SpinLock(Runnable last) {
    this.last = last;
  }

  /** Runs {@code action} while nobody else runs one. */
  <V extends @Nullable Object> V locked(Supplier<V> action) {
    while (!held.compareAndSet(false, true)) {
      Thread.onSpinWait();
    }
    try {
      return action.get();
    } finally {
      last.run();
      held.set(false);
    }
  }
}
