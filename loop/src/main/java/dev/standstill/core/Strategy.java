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
}
