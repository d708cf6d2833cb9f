package dev.standstill.notebook;

import dev.standstill.EventLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds the one loop of the notebook. Any thread may call. */
final class NotebookLoop {

  private static @Nullable EventLoop loop;

  private NotebookLoop() {}

  static synchronized EventLoop current() {
    if (loop == null || loop.isShutdown()) {
      LateAgent.load();
      loop = EventLoop.start("notebook");
    }
    return loop;
  }

  /** Its tasks; none if there is no loop yet. */
  static synchronized LoopTasks tasks() {
    CellLines.findCells();
    return new LoopTasks(loop == null ? List.of() : loop.tasks());
  }

  /** Whether the calling thread is a task of the loop. */
  static synchronized boolean isCurrentThreadOnIt() {
    return loop != null && EventLoop.currentIfPresent().orElse(null) == loop;
  }
}
