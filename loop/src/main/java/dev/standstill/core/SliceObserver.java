package dev.standstill.core;

/** Sees what a virtual loop does. Called by the driver; must not touch the loop. */
public interface SliceObserver {

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
