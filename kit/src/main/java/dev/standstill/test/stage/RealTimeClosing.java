package dev.standstill.test.stage;

import dev.standstill.EventLoop;
import dev.standstill.TaskSnapshot;
import dev.standstill.test.LeakedTaskException;
import dev.standstill.test.Leaks;
import dev.standstill.test.TaskFailedException;
import dev.standstill.test.spi.RealTimeTests;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Closes a loop that runs in real time, and reports what a {@code TestLoop} reports by itself:
 * exceptions that nobody caught, and tasks that are left. For the driver, but for exceptions.
 */
public final class RealTimeClosing {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  /** No standstill tells a task that is left from one that is about to end. */
  private static final Duration GRACE = Duration.ofMillis(200);

  private static final Duration PAUSE = Duration.ofMillis(1);

  private final EventLoop loop;
  private final Leaks leaks;
  private final Queue<Throwable> uncaught = new ConcurrentLinkedQueue<>();

  /** Lets failures of tasks wait to be asked for until the loop closes. */
  public RealTimeClosing(EventLoop loop, Leaks leaks) {
    this.loop = loop;
    this.leaks = leaks;
    RealTimeTests.letFailuresWait(loop);
    loop.setUncaughtExceptionHandler((thread, exception) -> uncaught.add(exception));
  }

  /**
   * Closes the loop.
   *
   * @throws Exception what it has to say about tasks that are left or have failed
   */
  public void close() throws Exception {
    List<RuntimeException> problems = new ArrayList<>();
    if (!loop.isShutdown() && leaks != Leaks.IGNORE) {
      reportLeft(problems);
    }
    loop.close();
    reportUncaught(problems);
    if (!problems.isEmpty()) {
      RuntimeException first = problems.removeFirst();
      problems.forEach(first::addSuppressed);
      throw first;
    }
  }

  private void reportLeft(List<RuntimeException> problems) throws Exception {
    List<TaskSnapshot> left = findLeft();
    if (left.isEmpty()) {
      return;
    }
    String count = left.size() == 1 ? "1 task" : left.size() + " tasks";
    String message =
        "%s was closed with %s left:%s".formatted(loop, count, StackTraces.describe(left));
    if (leaks != Leaks.WARN) {
      problems.add(new LeakedTaskException(message));
    } else {
      LOG.log(System.Logger.Level.WARNING, message);
    }
  }

  private List<TaskSnapshot> findLeft() throws Exception {
    long began = System.nanoTime();
    while (!loop.tasks().isEmpty() && System.nanoTime() - began < GRACE.toNanos()) {
      loop.run(() -> Thread.sleep(PAUSE));
    }
    return loop.tasks();
  }

  private void reportUncaught(List<RuntimeException> problems) {
    uncaught.stream()
        .map(cause ->
            new TaskFailedException(
                "%s: a task failed and nobody asked for its result: %s.".formatted(loop, cause),
                cause))
        .forEach(problems::add);
  }
}
