package dev.standstill.core;

import dev.standstill.jdk.SwitchPoints;
import org.jspecify.annotations.Nullable;

/**
 * A strategy that is told what the running task is about to do, wherever the program was changed to
 * tell that. It is for one run.
 */
public interface ExploringStrategy extends Strategy, SwitchPoints {

  /**
   * The run begins.
   *
   * @param scheduler what lets the running task wait
   */
  void begins(VirtualScheduler scheduler);

  /**
   * A slice is about to be chosen, be there one or many; called on the thread that drives, which
   * gets what this throws.
   */
  void beforeSlice();

  /**
   * The running task makes another one ready, by whatever means: it starts it, wakes it or
   * interrupts it.
   */
  void wakes(TaskRecord woken);

  /**
   * Nothing can run. Wakes those that only the strategy lets wait, and have to wait no more;
   * returns whether there were any.
   */
  boolean wakesAny();

  /**
   * A monitor for which a task waits although it is not blocked.
   *
   * @param by the task that has it
   */
  record HeldUp(Object monitor, TaskRecord by) {}

  /** For which monitor a task waits without being blocked, if it does. */
  @Nullable HeldUp heldUp(TaskRecord task);
}
