package dev.standstill.core;

import org.jspecify.annotations.Nullable;

/** Sees what a virtual loop does. Called by the driver; must not touch the loop. */
public interface SliceObserver {

  /** Sees what else there is to see of a run that is traced; few are. */
  interface Closely {

    /** Why a task can run. */
    enum Cause {
      /** It is started, by the task that runs if one does. */
      START,
      /** The task that runs, or has just run, lets it. */
      TASK,
      /** Its time has come. */
      TIMER,
      /** Another thread lets it. */
      OUTSIDE
    }

    /** A task can run that could not. */
    void becomesReady(TaskRecord task, Cause cause);

    /** Time moves at a standstill, in nanoseconds of the loop's clock. */
    void timeMoves(long from, long to);

    /** A task has thrown; called on its thread, or on that of its loop. */
    void failed(@Nullable TaskRecord task, Throwable failure);
  }

  /** Who is told more than slices; null if nobody is. Asked once. */
  default @Nullable Closely closely() {
    return null;
  }

  /**
   * A task is about to run.
   *
   * @param choice its position among the ready ones
   * @param ready how many were ready, at least 1
   */
  default void sliceStarts(TaskRecord task, int choice, int ready) {}

  /**
   * The task that runs lets others run first.
   *
   * @param handOver what the strategy was asked about
   */
  default void preempted(int handOver) {}

  /**
   * The task has blocked, yielded or ended.
   *
   * @param ended whether it has ended
   */
  default void sliceEnded(TaskRecord task, boolean ended) {}
}
