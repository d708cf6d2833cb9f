package dev.standstill;

import dev.standstill.core.TaskState;
import java.util.List;

/**
 * What a task was doing when its loop was asked. Immutable.
 *
 * @param name its name, or one made from a number
 * @param thread its virtual thread
 * @param state the state of that thread: {@code RUNNABLE} if the task runs or could, else how it is
 *     blocked
 * @param stack the stack of that thread, innermost frame first; empty if it has not begun
 */
public record TaskSnapshot(
    String name, Thread thread, Thread.State state, List<StackTraceElement> stack) {

  /**
   * Keeps a copy of the stack.
   *
   * @param name its name
   * @param thread its virtual thread
   * @param state the state of that thread
   * @param stack the stack of that thread, innermost frame first
   */
  public TaskSnapshot {
    stack = List.copyOf(stack);
  }

  static TaskSnapshot of(TaskState task) {
    return new TaskSnapshot(task.name(), task.thread(), task.state(), task.stack());
  }

  /**
   * Shows the task as thread dumps do.
   *
   * @return its name and state, and its stack below
   */
  @Override
  public String toString() {
    return new TaskState(name, thread, state, stack).toString();
  }
}
