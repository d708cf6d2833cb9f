package dev.standstill.core;

/** Decides which ready task runs next. Asked by the carrier only. */
@FunctionalInterface
public interface Strategy {

  /** First in, first out. */
  Strategy FIFO = ready -> 0;

  /**
   * Chooses a task.
   *
   * @param ready how many tasks are ready, at least 1
   * @return a position in the ready queue, from 0 (ready the longest) to {@code ready - 1}
   */
  int choose(int ready);

  /**
   * Decides whether a task that runs lets others run first, because it has just made one ready. A
   * JVM may take the processor away at any such moment.
   *
   * @param handOver the number of the moment in this run, from 0
   * @return whether it is ready itself then, as the last of all
   */
  default boolean preempts(int handOver) {
    return false;
  }
}
