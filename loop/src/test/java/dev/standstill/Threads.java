package dev.standstill;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Platform threads of the tests. */
final class Threads {

  private Threads() {}

  /** Code that runs on a thread of its own, and what came of it. */
  static final class Running<T> extends FutureTask<T> {

    private final Thread thread;

    private Running(String name, Callable<T> body) {
      super(body);
      thread = Thread.ofPlatform().daemon().name(name).start(this);
    }

    Thread thread() {
      return thread;
    }

    /** Returns once the thread waits for something. */
    Running<T> awaitWaiting() {
      while (thread.getState() != Thread.State.WAITING
          && thread.getState() != Thread.State.TIMED_WAITING) {
        if (isDone()) {
          throw new AssertionError("Thread " + thread.getName() + " is done: " + this);
        }
        Thread.onSpinWait();
      }
      return this;
    }
  }

  static <T> Running<T> start(String name, Callable<T> body) {
    return new Running<>(name, body);
  }

  static Running<Void> start(String name, ThrowingRunnable body) {
    return start(
        name,
        () -> {
          body.run();
          return null;
        });
  }
}
