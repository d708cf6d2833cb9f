package dev.standstill.jdk;

import java.util.List;

/**
 * What a task parks on that waits for a socket of its loop's own network. Immutable.
 *
 * @param socket its string says which it is, and is made when somebody wants it
 */
public record SocketWait(Object socket) {

  /** The stack from the method of the JDK on that waits for a socket. */
  static List<StackTraceElement> withoutWaiting(List<StackTraceElement> stack) {
    int at = 0;
    while (at < stack.size() && !stack.get(at).getClassName().startsWith("sun.nio.ch.")) {
      at++;
    }
    return at == stack.size() ? stack : stack.subList(at, stack.size());
  }

  /** As reports show it. */
  @Override
  public String toString() {
    return socket.toString();
  }
}
