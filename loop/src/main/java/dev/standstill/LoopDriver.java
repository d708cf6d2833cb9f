package dev.standstill;

import dev.standstill.core.LiveScheduler;
import dev.standstill.core.TaskStates;
import java.util.Optional;

/**
 * Who runs the tasks of a {@link RealTimeLoop}: threads that call it, a thread of its own, or a
 * host. Any thread may call. In messages it shows as that of which one can say that a loop runs on
 * it.
 */
sealed interface LoopDriver permits CallerDriver, HostDriver, ThreadDriver {

  /** The scheduler that is driven. */
  LiveScheduler scheduler();

  /** The loop that exists already and is wrapped, if one is. */
  default Optional<Host> host() {
    return Optional.empty();
  }

  /**
   * Returns if the calling thread may wait for a task.
   *
   * @throws IllegalStateException if the task could never run then
   */
  void requireMayRun();

  /** Returns when {@code task} is done, or never will be. */
  void await(Task<?> task) throws InterruptedException;

  /** Whether the loop can end while the calling thread, which is no task of it, waits for that. */
  default boolean canEndMeanwhile() {
    return true;
  }

  /** Whether the calling thread, which is no task, is the one that drives, now or next. */
  default boolean isCaller() {
    return false;
  }

  /** Returns when the loop has ended and its own thread too, or so many nanoseconds have passed. */
  void awaitEnd(long nanos) throws InterruptedException;

  /** What the living tasks do; only the running one if it does not let go of the carrier. */
  default TaskStates tasks() {
    return scheduler().askForTaskStates(() -> null);
  }

  /** Lets those who wait here look again whether what they wait for is done. */
  default void wake() {}

  /** The loop has ended: nothing is driven any more. */
  void ended();
}
