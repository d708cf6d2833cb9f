package dev.standstill;

import dev.standstill.core.TaskState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task was doing when its loop was asked. Immutable.
 *
 * @param name its name, or one made from a number
 * @param thread its virtual thread
 * @param state the state of that thread: {@code RUNNABLE} if the task runs or could, else how it is
 *     blocked
 * @param stack the stack of that thread, innermost frame first; empty if it has not begun
 * @param startedBy the task or the thread outside that has started it, which may have ended; null
 *     if the loop has, for a timer
 * @param waitsFor the task or the thread outside that has the lock or monitor, runs the task or
 *     computes the future for which it waits, or is joined; null if it waits for nobody, or for
 *     somebody of whom the JDK does not tell. Without the agent the JDK tells of tasks alone whose
 *     result is waited for
 */
public record TaskSnapshot(
    String name,
    Thread thread,
    Thread.State state,
    List<StackTraceElement> stack,
    @Nullable Peer startedBy,
    @Nullable Peer waitsFor) {

  /**
   * A thread that a task has to do with: another task of its loop, or a thread outside. Immutable;
   * it does not keep the thread.
   *
   * @param threadId the {@code threadId()} of the thread, by which a task of the same list is found
   * @param name the name of the task or thread, or one made from a number
   */
  public record Peer(long threadId, String name) {

    static @Nullable Peer of(dev.standstill.core.@Nullable Peer peer) {
      return peer == null ? null : new Peer(peer.threadId(), peer.name());
    }
  }

  /**
   * Keeps a copy of the stack.
   *
   * @param name its name
   * @param thread its virtual thread
   * @param state the state of that thread
   * @param stack the stack of that thread, innermost frame first
   * @param startedBy who has started it
   * @param waitsFor for whom it waits
   */
  public TaskSnapshot {
    stack = List.copyOf(stack);
  }

  static TaskSnapshot of(TaskState task) {
    return new TaskSnapshot(
        task.name(),
        task.thread(),
        task.state(),
        task.stack(),
        Peer.of(task.startedBy()),
        Peer.of(task.waitsFor()));
  }

  /**
   * Shows the task as thread dumps do.
   *
   * @return its name and state, and its stack below
   */
  @Override
  public String toString() {
    return TaskState.text(name, state, stack);
  }
}
