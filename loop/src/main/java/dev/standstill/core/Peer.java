package dev.standstill.core;

/**
 * A thread that a task has to do with: another task of the loop or a thread outside. Immutable; it
 * does not keep the thread.
 *
 * @param threadId its {@code Thread.threadId()}
 * @param name its name, or one made from a number
 */
public record Peer(long threadId, String name) {

  static Peer of(Thread thread) {
    return of(thread.threadId(), thread.getName());
  }

  static Peer of(long threadId, String name) {
    return new Peer(threadId, name.isEmpty() ? "#" + threadId : name);
  }
}
