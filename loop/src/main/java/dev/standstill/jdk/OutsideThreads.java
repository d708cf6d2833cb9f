package dev.standstill.jdk;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Platform threads that belong to no loop, and so run in real time. Any thread may call.
 *
 * <p>A platform thread that a task in virtual time starts runs on the task's loop. So these are
 * started by one that was there before the first such task.
 */
public final class OutsideThreads {

  private static final long IDLE_SECONDS = 10;

  private static final ThreadFactory DAEMONS =
      Thread.ofPlatform().daemon().name("outside").factory();

  /** Starts the others; made when this class is initialised, by {@link #prepare} at the latest. */
  private static final ExecutorService STARTER = Executors.newSingleThreadExecutor(DAEMONS);

  /** What idle threads wait for. */
  private static final LinkedTransferQueue<Runnable> WORK = new LinkedTransferQueue<>();

  private static final Executor EXECUTOR = OutsideThreads::run;

  static {
    STARTER.execute(() -> {});
  }

  private OutsideThreads() {}

  /** Makes the thread that starts the others; to be called while there is no task yet. */
  static void prepare() {}

  /** Runs each task at once, on a thread of its own. */
  public static Executor executor() {
    return EXECUTOR;
  }

  private static void run(Runnable task) {
    if (!WORK.tryTransfer(task)) {
      STARTER.execute(() -> DAEMONS.newThread(() -> work(task)).start());
    }
  }

  private static void work(Runnable first) {
    try {
      Runnable task = first;
      while (task != null) {
        task.run();
        task = WORK.poll(IDLE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      // Whoever interrupts an idle thread wants it to end.
    }
  }
}
