package dev.standstill.core;

import dev.standstill.jdk.VirtualThreads;
import java.util.List;

/**
 * What a living task does. Immutable.
 *
 * @param name its name, or one made from a number
 * @param thread its virtual thread
 * @param state the state of that thread
 * @param stack the stack of that thread, innermost frame first; empty if it has not begun
 */
public record TaskState(
    String name, Thread thread, Thread.State state, List<StackTraceElement> stack) {

  /** Looks at a task; for the driver only. */
  static TaskState of(TaskRecord task) {
    Thread thread = task.thread();
    return new TaskState(task.name(), thread, thread.getState(), VirtualThreads.stack(thread));
  }

  /** Looks at a task that holds the carrier; any thread may. */
  static TaskState running(Thread thread) {
    String name = thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName();
    return new TaskState(name, thread, thread.getState(), VirtualThreads.stackWhileRunning(thread));
  }

  /** The task as thread dumps show one: its name and state, and below it its stack. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("\"%s\" %s".formatted(name, state));
    stack.forEach(frame -> text.append("%n      at %s".formatted(frame)));
    return text.toString();
  }
}
