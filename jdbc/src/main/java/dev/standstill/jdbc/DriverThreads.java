package dev.standstill.jdbc;

import dev.standstill.EventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads that belong to no event loop, and so run in real time. Any thread may use them.
 *
 * <p>A thread that a task of a test loop starts runs on that loop. So these are started by one that
 * was there before; where the first data source is wrapped by a task, there is none, and the
 * driver's time-outs follow the loop.
 */
final class DriverThreads {

  private static final ThreadFactory DAEMONS =
      Thread.ofPlatform().daemon().name("driver call").factory();

  private static @Nullable Executor outside;

  private DriverThreads() {}

  /**
   * Whether the caller is a task. Where {@code java.lang} is closed to loops there is none yet, and
   * to ask one would fail.
   */
  static boolean isOnLoop() {
    return Object.class.getModule().isOpen("java.lang", EventLoop.class.getModule())
        && EventLoop.running().isPresent();
  }

  /** Makes the thread that starts the others, if the caller is outside of loops. */
  static synchronized void prepare() {
    if (outside == null && !isOnLoop()) {
      ExecutorService threads = Executors.newCachedThreadPool(DAEMONS);
      ExecutorService starter = Executors.newSingleThreadExecutor(DAEMONS);
      starter.execute(() -> {});
      outside = task -> starter.execute(() -> threads.execute(task));
    }
  }

  /** Runs {@code task} on a thread of its own. */
  static void start(Runnable task) {
    Executor threads = outside();
    if (threads == null) {
      DAEMONS.newThread(task).start();
    } else {
      threads.execute(task);
    }
  }

  private static synchronized @Nullable Executor outside() {
    return outside;
  }
}
