package dev.standstill;

import org.jspecify.annotations.Nullable;

/**
 * The interrupts of one task that are ours and not over: those of limits that have expired, until
 * their bodies are left, and of groups that have failed, until their owner joins. A thread has one
 * interrupt status for all, so whoever is over clears it, and sets it again if it was set by
 * somebody else, too.
 *
 * <p>Touched by tasks of one loop only, which never run at the same time.
 */
final class OwnInterrupts {

  private static final ThreadLocal<@Nullable OwnInterrupts> OF_TASK = new ThreadLocal<>();

  private final Thread task = Thread.currentThread();
  private int ours;

  /** Whether the task had been interrupted by others when the first of ours came. */
  private boolean others;

  private OwnInterrupts() {}

  /** Those of the calling task; it has them until it ends. */
  static OwnInterrupts ofCaller() {
    OwnInterrupts present = OF_TASK.get();
    if (present == null) {
      present = new OwnInterrupts();
      OF_TASK.set(present);
    }
    return present;
  }

  /** Interrupts the task; one call of {@link #isOver} is to follow. */
  void interrupt() {
    others |= ours == 0 && task.isInterrupted();
    ours++;
    task.interrupt();
  }

  /** What interrupted is over; called by the task. */
  void isOver() {
    ours--;
    Thread.interrupted();
    if (ours > 0 || others) {
      task.interrupt();
    }
    others &= ours > 0;
  }
}
