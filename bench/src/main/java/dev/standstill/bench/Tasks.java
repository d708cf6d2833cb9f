package dev.standstill.bench;

import dev.standstill.EventLoop;
import dev.standstill.ThrowingRunnable;
import dev.standstill.test.TestLoop;
import java.util.concurrent.FutureTask;

/**
 * Runs plain Java in virtual threads. The code that is measured is the same everywhere: the virtual
 * threads it starts follow the one it runs in.
 */
interface Tasks extends AutoCloseable {

  /** Runs {@code body} in a virtual thread to its end. */
  void run(ThrowingRunnable body) throws Exception;

  @Override
  default void close() {}

  static Tasks of(Contestant contestant) {
    return switch (contestant) {
      case LOOP, LOOP_WITH_AGENT -> new OfLoop(EventLoop.open("bench"));
      case TEST_LOOP -> body -> runOn(TestLoop.builder(), body);
      case TRACED -> body -> runOn(TestLoop.builder().trace(), body);
      case JDK -> Tasks::runOnJdk;
      case FLOOR -> new FloorTasks();
      default -> throw new IllegalArgumentException(contestant + " has no virtual threads");
    };
  }

  /** A loop for each run, as for each test, because a loop records all that it runs. */
  private static void runOn(TestLoop.Builder settings, ThrowingRunnable body) throws Exception {
    try (TestLoop loop = settings.livelockLimit(Integer.MAX_VALUE).open()) {
      loop.run(body);
    }
  }

  private static void runOnJdk(ThrowingRunnable body) throws Exception {
    FutureTask<Void> task = task(body);
    Thread.startVirtualThread(task);
    task.get();
  }

  /** A task without a thread. */
  static FutureTask<Void> task(ThrowingRunnable body) {
    return new FutureTask<>(() -> {
      body.run();
      return null;
    });
  }

  /** A loop that the calling thread drives. */
  record OfLoop(EventLoop loop) implements Tasks {
    @Override
    public void run(ThrowingRunnable body) throws Exception {
      loop.run(body);
    }

    @Override
    public void close() {
      loop.close();
    }
  }
}
