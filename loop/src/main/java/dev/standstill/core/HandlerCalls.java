package dev.standstill.core;

import org.jspecify.annotations.Nullable;

/**
 * Calls handlers of uncaught exceptions. They are code of the program and may throw, which must end
 * neither the thread that drives a loop nor any other of the loop's: as the JVM does it, what they
 * throw ends there. Any thread may call.
 */
final class HandlerCalls {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private HandlerCalls() {}

  /** Returns what {@code handler} has thrown, with {@code exception} attached; null if nothing. */
  static @Nullable Throwable call(
      Thread.UncaughtExceptionHandler handler, Thread thread, Throwable exception) {
    try {
      handler.uncaughtException(thread, exception);
      return null;
    } catch (Throwable ofHandler) {
      if (ofHandler != exception) {
        ofHandler.addSuppressed(exception);
      }
      return ofHandler;
    }
  }

  /** Logs what the handler for the exceptions of {@code thread} has thrown. */
  static void log(Object loop, Thread thread, Throwable ofHandler) {
    LOG.log(
        System.Logger.Level.ERROR,
        "The handler of uncaught exceptions failed for task %s of %s, which goes on without it. Let the handler throw nothing."
            .formatted(nameOf(thread), loop),
        ofHandler);
  }

  /** As messages show the name of a thread, which may have none. */
  static String nameOf(Thread thread) {
    return thread.getName().isEmpty() ? "#" + thread.threadId() : '"' + thread.getName() + '"';
  }
}
