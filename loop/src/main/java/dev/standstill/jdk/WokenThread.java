package dev.standstill.jdk;

/**
 * A thread that is no loop's and that a task has woken. Immutable.
 *
 * @param thread who was woken
 * @param loop the loop of the task
 * @param by the virtual thread of the task
 * @param at thrown nowhere; its stack trace is the place that woke the thread
 * @param runs whether it is known to run since
 * @param answered whether it has handed something to a loop since
 */
public record WokenThread(
    Thread thread,
    AgentHooks.Hooked loop,
    Thread by,
    Throwable at,
    boolean runs,
    boolean answered) {

  WokenThread running() {
    return new WokenThread(thread, loop, by, at, true, answered);
  }

  WokenThread answering() {
    return new WokenThread(thread, loop, by, at, true, true);
  }

  /** Whether it has nothing to do any more, for all that can be seen. */
  boolean rests() {
    return switch (thread.getState()) {
      case TERMINATED -> true;
      case WAITING, TIMED_WAITING, BLOCKED -> runs;
      case NEW, RUNNABLE -> false;
    };
  }

  /**
   * Whether the JVM shows what it does. In native code, such as a read from a socket, a thread that
   * waits looks like one that runs; what is native in the language itself, such as a clock, does
   * not wait.
   */
  public boolean isSeen() {
    StackTraceElement[] stack = runs ? thread.getStackTrace() : new StackTraceElement[0];
    return stack.length == 0 || !stack[0].isNativeMethod() || isOfTheLanguage(stack[0]);
  }

  private static boolean isOfTheLanguage(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.startsWith("java.lang.") || type.startsWith("jdk.internal.");
  }
}
