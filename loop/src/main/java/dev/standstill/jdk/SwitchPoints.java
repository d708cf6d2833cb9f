package dev.standstill.jdk;

import org.jspecify.annotations.Nullable;

/**
 * What a task tells while schedules are explored. Each method is called by the running task, on its
 * own thread, and may let others run before it returns.
 */
public interface SwitchPoints {

  /**
   * The task is about to access something that threads can race on.
   *
   * @param target the object that it belongs to; null if it is static
   * @param place the number of the place in the program
   */
  void access(@Nullable Object target, int place);

  /**
   * The task is about to access something of which no thread sees for sure what others do to it: a
   * field that is not volatile, an element of an array, an object that is not made for threads.
   *
   * @param target the object that it belongs to; null if it is static
   * @param index of the element if that is an array; else 0
   * @param place the number of the place in the program
   */
  void plain(@Nullable Object target, int index, int place);

  /** The task is about to enter a monitor. */
  void enter(Object monitor, int place);

  /** The task has just exited a monitor. */
  void exited(Object monitor);

  /** The task is about to wait in a monitor that it has entered. */
  void waits(Object monitor, int place);

  /** The task has waited in a monitor, and has entered it again. */
  void waited(Object monitor);

  /**
   * The task is about to wait for something. Returns whether that ends without a cause; of a wait
   * in a monitor the task then begins a timed one, which ends as soon as others may run.
   */
  boolean wakesWithoutCause();
}
