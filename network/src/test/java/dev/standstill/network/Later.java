package dev.standstill.network;

import dev.standstill.ThrowingRunnable;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** What a virtual thread of its own does meanwhile. */
final class Later<T> {

  private final FutureTask<T> task;
  private final Thread thread;

  private Later(FutureTask<T> task) {
    this.task = task;
    this.thread = Thread.ofVirtual().start(task);
  }

  static <T> Later<T> of(Callable<T> call) {
    return new Later<>(new FutureTask<>(call));
  }

  static Later<@Nullable Void> run(ThrowingRunnable action) {
    return of(() -> {
      action.run();
      return null;
    });
  }

  /** Returns when the thread waits for something. */
  Later<T> blocked() throws InterruptedException {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      if (task.isDone()) {
        throw new AssertionError("It was to wait, but has ended", task.exceptionNow());
      }
      Thread.sleep(1);
    }
    return this;
  }

  boolean isDone() {
    return task.isDone();
  }

  Later<T> interrupt() {
    thread.interrupt();
    return this;
  }

  /** What it returned. */
  T get() throws Exception {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** What it threw. */
  Throwable failure() throws Exception {
    try {
      throw new AssertionError("It was to fail, but returned " + task.get());
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
