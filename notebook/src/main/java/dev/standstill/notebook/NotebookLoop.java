package dev.standstill.notebook;

import dev.standstill.EventLoop;
import org.jspecify.annotations.Nullable;

/** Holds the one loop of the notebook. Any thread may call. */
final class NotebookLoop {

  private static @Nullable EventLoop loop;

  private NotebookLoop() {}

  static synchronized EventLoop current() {
    if (loop == null || loop.isShutdown()) {
      loop = EventLoop.start("notebook");
    }
    return loop;
  }

  /** Whether the calling thread is a task of the loop. */
  static synchronized boolean isCurrentThreadOnIt() {
    return loop != null && EventLoop.currentIfPresent().orElse(null) == loop;
  }
}
