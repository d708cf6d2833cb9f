package dev.standstill.test.stage;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The task that runs the phases of a test one after another, so that they share a thread and what
 * is bound to it. Any thread may call; phases are handed over one at a time.
 */
final class Performer {

  private static final Runnable END = () -> {};

  private final BlockingQueue<Runnable> phases = new LinkedBlockingQueue<>();
  private final Task<@Nullable Void> task;
  private final ClassLoader classLoader;
  private volatile @Nullable Thread thread;

  /**
   * @param loop runs it
   * @param classLoader the context class loader of the thread that runs the test
   */
  Performer(EventLoop loop, ClassLoader classLoader) {
    this.classLoader = classLoader;
    task = loop.spawn("test", this::performAll);
  }

  private void performAll() throws InterruptedException {
    thread = Thread.currentThread();
    Thread.currentThread().setContextClassLoader(classLoader);
    for (Runnable phase = phases.take(); phase != END; phase = phases.take()) {
      phase.run();
      if (Thread.interrupted() && task.isCancelled()) {
        return;
      }
    }
  }

  void perform(Runnable phase) {
    phases.add(phase);
  }

  /** Lets the task end once it has run what was handed to it. */
  Task<?> end() {
    phases.add(END);
    return task;
  }

  /** Interrupts the phase that runs; no other begins then. */
  void cancel() {
    task.cancel(true);
  }

  /** Where the task is now; empty if it has not started, or has ended. */
  StackTraceElement[] stack() {
    Thread own = thread;
    return own == null ? new StackTraceElement[0] : own.getStackTrace();
  }
}
