package dev.standstill.jdk;

import java.util.List;

/**
 * What a task parks on in place of entering a monitor that another task of its loop has. The JVM
 * would hand the monitor over by a thread of its own, and nothing could end a task that it has
 * blocked. Reports take it for a wait for the monitor. Immutable.
 *
 * @param monitor the object whose monitor it is
 */
public record MonitorWait(Object monitor) {

  /** The stack from the method on that enters the monitor. */
  static List<StackTraceElement> withoutWaiting(List<StackTraceElement> stack) {
    int at = stack.size();
    while (at > 0 && !stack.get(at - 1).getClassName().equals(ProgramHooks.NAME)) {
      at--;
    }
    return stack.subList(at, stack.size());
  }
}
