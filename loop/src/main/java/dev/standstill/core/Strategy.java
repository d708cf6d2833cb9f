package dev.standstill.core;

/** Decides which ready task of a loop in virtual time runs next. Asked by the carrier only. */
@FunctionalInterface
public interface Strategy {

  /** First in, first out. */
  Strategy FIFO = ready -> 0;

  /**
   * Chooses a task.
   *
   * @param ready the tasks to choose from, two at least
   * @return a position among them
   */
  int choose(ReadyTasks ready);

  /**
   * Decides whether the task that runs lets others run first, although it could go on. A JVM may
   * take the processor away at any moment.
   *
   * @param handOver the number of the moment in this run, from 0
   * @param running the task that runs
   * @param ready the others that could; none yet if a monitor was left for one that is on its way
   * @return whether it is ready itself then, as the last of all
   */
  default boolean preempts(int handOver, TaskRecord running, ReadyTasks ready) {
    return false;
  }

  /**
   * Decides what the outside world decides elsewhere, such as whether a packet is lost.
   *
   * @param decision its number among all that are numbered in this run, from 0; it has as many
   *     numbers as there are ways
   * @param chance what may happen, and how often
   * @return in which way it happens, from 1; 0 if it does not
   */
  default int draw(int decision, Chance chance) {
    return 0;
  }
}
