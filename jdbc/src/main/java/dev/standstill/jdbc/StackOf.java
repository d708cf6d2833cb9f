package dev.standstill.jdbc;

/**
 * A stack to be shown beside an exception: where a thread is now, or where something was opened.
 */
final class StackOf extends Throwable {

  private static final long serialVersionUID = 1L;

  private StackOf(String message) {
    super(message);
  }

  /** The caller's stack. */
  static StackOf caller(String what) {
    return new StackOf("%s by thread \"%s\"".formatted(what, Thread.currentThread().getName()));
  }

  /** The stack of {@code thread} as it is now; empty if it has ended. */
  static StackOf thread(Thread thread) {
    StackOf stack = new StackOf("thread \"" + thread.getName() + '"');
    stack.setStackTrace(thread.getStackTrace());
    return stack;
  }

  @Override
  public String toString() {
    return String.valueOf(getMessage());
  }
}
