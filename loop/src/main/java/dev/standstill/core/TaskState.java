package dev.standstill.core;

import dev.standstill.jdk.VirtualThreads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a living task does. Immutable.
 *
 * @param name its name, or one made from a number
 * @param thread its virtual thread
 * @param state the state of that thread
 * @param stack the stack of that thread, innermost frame first; empty if it has not begun
 * @param startedBy who has started it; null if its loop has, for a timer
 * @param waitsFor who has to do something before it can go on; null if it waits for nobody, or
 *     nobody knows
 */
public record TaskState(
    String name,
    Thread thread,
    Thread.State state,
    List<StackTraceElement> stack,
    @Nullable Peer startedBy,
    @Nullable Peer waitsFor) {

  /** Looks at a task; for the driver only. */
  static TaskState of(TaskRecord task) {
    Thread thread = task.thread();
    return new TaskState(
        task.name(),
        thread,
        thread.getState(),
        VirtualThreads.stack(thread),
        task.startedBy(),
        null);
  }

  /** Looks at a task that holds the carrier; any thread may. */
  static TaskState running(Thread thread) {
    return new TaskState(
        Peer.of(thread).name(),
        thread,
        thread.getState(),
        VirtualThreads.stackWhileRunning(thread),
        null,
        null);
  }

  /** The same with other threads. */
  TaskState with(@Nullable Peer starter, @Nullable Peer awaited) {
    return new TaskState(name, thread, state, stack, starter, awaited);
  }

  /** The task as thread dumps show one: its name and state, and below it its stack. */
  public static String text(String name, Thread.State state, List<StackTraceElement> stack) {
    StringBuilder text = new StringBuilder("\"%s\" %s".formatted(name, state));
    stack.forEach(frame -> text.append("%n      at %s".formatted(frame)));
    return text.toString();
  }

  /** The task as thread dumps show one. */
  @Override
  public String toString() {
    return text(name, state, stack);
  }
}
