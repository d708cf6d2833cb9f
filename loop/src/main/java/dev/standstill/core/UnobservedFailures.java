package dev.standstill.core;

import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The failures of tasks that nobody has looked at, so that none is lost in silence. Any thread may
 * call.
 *
 * <p>A failure is reported when the loop closes or, where that is wanted, as soon as its task has
 * become unreachable, because nobody can look any more. When that is depends on the garbage
 * collector.
 */
final class UnobservedFailures {

  /** A task that failed. It must not refer to the task, whose unreachability is waited for. */
  record Failure(long number, String task, Throwable cause) {}

  private static final System.Logger LOG = System.getLogger("dev.standstill");
  private static final Cleaner CLEANER = Cleaner.create();

  private final AtomicLong count = new AtomicLong();
  private final Set<Failure> failures = ConcurrentHashMap.newKeySet();
  private final String loop;
  private volatile Thread.@Nullable UncaughtExceptionHandler handler;

  /**
   * @param loop the name of the loop whose tasks these are
   */
  UnobservedFailures(String loop) {
    this.loop = loop;
  }

  Failure add(String task, Throwable cause) {
    Failure failure = new Failure(count.getAndIncrement(), task, cause);
    failures.add(failure);
    return failure;
  }

  void reportWhenUnreachable(Object task, Failure failure) {
    CLEANER.register(task, () -> reportOnce(failure));
  }

  boolean isEmpty() {
    return failures.isEmpty();
  }

  void observed(Failure failure) {
    failures.remove(failure);
  }

  /** Takes what nobody has looked at, in the order in which it happened. */
  List<Failure> take() {
    List<Failure> taken = new ArrayList<>(failures);
    taken.removeIf(failure -> !failures.remove(failure));
    taken.sort(Comparator.comparingLong(Failure::number));
    return taken;
  }

  private void reportOnce(Failure failure) {
    if (failures.remove(failure)) {
      report(failure);
    }
  }

  /** Hands what is to be reported over to {@code handler}, from now on. */
  void handOverTo(Thread.UncaughtExceptionHandler handler) {
    this.handler = handler;
  }

  /** Null if failures are logged. */
  Thread.@Nullable UncaughtExceptionHandler handler() {
    return handler;
  }

  /** Hands over or logs a failure that was taken. */
  void report(Failure failure) {
    Thread.UncaughtExceptionHandler set = handler;
    if (set == null) {
      log(failure, failure.cause());
      return;
    }
    Throwable ofHandler = HandlerCalls.call(set, named(failure.task()), failure.cause());
    if (ofHandler != null) {
      log(failure, ofHandler);
    }
  }

  /** The task's own thread must not be kept: it leads to the handle that is waited for. */
  private static Thread named(String task) {
    return Thread.ofVirtual().name(task).unstarted(() -> {});
  }

  private void log(Failure failure, Throwable shown) {
    LOG.log(
        System.Logger.Level.ERROR,
        "Task \"%s\" of loop \"%s\" failed, and nobody asked for its result."
            .formatted(failure.task(), loop),
        shown);
  }
}
