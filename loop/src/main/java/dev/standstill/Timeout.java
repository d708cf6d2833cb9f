package dev.standstill;

import dev.standstill.core.CausedByInterrupt;
import dev.standstill.core.LoopExecutor;
import dev.standstill.core.Scheduler;
import dev.standstill.core.Timers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A limit of time for a piece of a task, whatever it blocks on.
 *
 * <pre>{@code
 * String reply = Timeout.after(Duration.ofSeconds(5), () -> connection.ask("ping"));
 * }</pre>
 *
 * <p>When the time has come, the task is interrupted; the {@code InterruptedException} that the
 * body throws for it becomes a {@code TimeoutException}, and so does what a socket or channel
 * throws because an interrupt has closed it. A body that ends without having noticed keeps its
 * result. Timeouts nest, and each turns only its own interrupt into an exception; an outer one that
 * expires while an inner one does interrupts the task again once the inner one is left.
 *
 * <p>A task that is cancelled inside never times out instead: the {@code InterruptedException}
 * passes, and if the body ends in another way the task is interrupted again when it leaves.
 *
 * <p>Time is that of the loop: virtual on a test loop. The body runs in the calling task, which has
 * to be a task of a loop; the methods of a timeout are for that task.
 *
 * <p>Modelled on asyncio's {@code timeout()} and Trio's {@code move_on_after()}.
 */
public final class Timeout {

  /** A limit that never comes, as no limit of a hundred years or more does. */
  public static final Duration NEVER = ChronoUnit.FOREVER.getDuration();

  private static final Duration LONGEST = Duration.ofNanos(Timers.FOR_EVER);

  /**
   * What a timeout limits.
   *
   * @param <V> what it computes
   */
  @FunctionalInterface
  public interface Body<V extends @Nullable Object> {
    /**
     * Does the work.
     *
     * @param timeout the limit, which can be moved
     * @return the result
     * @throws Exception whatever the code throws
     */
    V call(Timeout timeout) throws Exception;
  }

  private final LoopExecutor loop = CurrentLoop.executorOf(CurrentLoop.requireTask("A Timeout"));
  private final Thread owner = Thread.currentThread();
  private final OwnInterrupts interrupts = OwnInterrupts.ofCaller();
  private final boolean cancelledBefore = Scheduler.isCallerCancelled();

  // Touched by tasks of one loop only, which never run at the same time.
  private @Nullable Future<?> timer;
  private Duration limit = NEVER;
  private long deadline;
  private boolean left;
  private boolean expired;

  private @Nullable TimeoutException thrown;

  private Timeout() {}

  /**
   * Runs {@code body} for at most {@code limit}.
   *
   * @param limit how long, in the loop's time; zero or less interrupts the body at its first chance
   * @param body what to run
   * @param <V> what it computes
   * @return what {@code body} returned
   * @throws TimeoutException if the body was interrupted because the time had come
   * @throws Exception what {@code body} threw
   * @throws IllegalStateException if the caller is no task of a loop
   */
  public static <V extends @Nullable Object> V after(Duration limit, Callable<V> body)
      throws Exception {
    return after(limit, (Timeout timeout) -> body.call());
  }

  /**
   * Like {@link #after(Duration, Callable)}, for a body that moves its limit.
   *
   * @param limit how long, in the loop's time
   * @param body what to run
   * @param <V> what it computes
   * @return what {@code body} returned
   * @throws TimeoutException if the body was interrupted because the time had come
   * @throws Exception what {@code body} threw
   * @throws IllegalStateException if the caller is no task of a loop
   */
  public static <V extends @Nullable Object> V after(Duration limit, Body<V> body)
      throws Exception {
    Timeout timeout = new Timeout();
    timeout.reschedule(limit);
    return timeout.run(body);
  }

  /**
   * Runs {@code body} until {@code deadline} at most.
   *
   * @param deadline when, in the loop's time
   * @param body what to run
   * @param <V> what it computes
   * @return what {@code body} returned
   * @throws TimeoutException if the body was interrupted because the time had come
   * @throws Exception what {@code body} threw
   * @throws IllegalStateException if the caller is no task of a loop
   */
  public static <V extends @Nullable Object> V at(Instant deadline, Callable<V> body)
      throws Exception {
    return after(Duration.between(Instant.now(), deadline), body);
  }

  /**
   * Runs {@code body} for at most {@code limit}, and goes on quietly when the time has come.
   *
   * <pre>{@code
   * if (!Timeout.moveOnAfter(Duration.ofSeconds(1), () -> cache.refresh())) {
   *   log.info("went on with the old cache");
   * }
   * }</pre>
   *
   * @param limit how long, in the loop's time; zero or less interrupts the body at its first chance
   * @param body what to run
   * @return false if the body was interrupted because the time had come
   * @throws TimeoutException if something has failed while the interrupted body was left, such as a
   *     task of a group or what closes a resource; that is suppressed in the cause
   * @throws Exception what {@code body} threw
   * @throws IllegalStateException if the caller is no task of a loop
   */
  public static boolean moveOnAfter(Duration limit, ThrowingRunnable body) throws Exception {
    Timeout timeout = new Timeout();
    timeout.reschedule(limit);
    try {
      return timeout.run(self -> {
        body.run();
        return true;
      });
    } catch (TimeoutException e) {
      if (e != timeout.thrown || !CausedByInterrupt.is(e)) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Moves the limit.
   *
   * @param limit how long from now, in the loop's time; {@link #NEVER} takes the limit away
   * @throws IllegalStateException if the time had come already, or the body has ended
   */
  public void reschedule(Duration limit) {
    if (expired || left) {
      throw new IllegalStateException(
          "The timeout of task \"%s\" cannot be moved: %s."
              .formatted(owner.getName(), expired ? "it has expired" : "its body has ended"));
    }
    cancelTimer();
    this.limit = limit;
    if (isNever(limit)) {
      timer = null;
    } else {
      timer = loop.scheduleWatch(this::expire, TimeUnit.NANOSECONDS.convert(limit));
      deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(limit);
    }
  }

  private static boolean isNever(Duration limit) {
    return limit.compareTo(LONGEST) >= 0;
  }

  /**
   * Tells how much time is left.
   *
   * @return the time until the task is interrupted, in the loop's time; zero once that has
   *     happened, {@link #NEVER} if there is no limit
   */
  public Duration remaining() {
    if (expired) {
      return Duration.ZERO;
    }
    return isNever(limit) ? NEVER : Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  /**
   * Tells whether the time has come.
   *
   * @return true once the task was interrupted for it
   */
  public boolean isExpired() {
    return expired;
  }

  private void expire() {
    if (!left) {
      expired = true;
      interrupts.interrupt();
    }
  }

  private <V extends @Nullable Object> V run(Body<V> body) throws Exception {
    boolean tellsAgain = true;
    try {
      return body.call(this);
    } catch (InterruptedException e) {
      tellsAgain = !isCancelled();
      throw expired && tellsAgain ? timedOut(e) : e;
    } catch (IOException | UncheckedIOException e) {
      Throwable io = e instanceof UncheckedIOException ? e.getCause() : e;
      throw expired && !isCancelled() && CausedByInterrupt.isIo(io) ? timedOut(e) : e;
    } catch (RejectedExecutionException e) { // of who has waited for a place on a loop
      boolean interrupted = e.getCause() instanceof InterruptedException;
      throw expired && !isCancelled() && interrupted ? timedOut(e) : e;
    } finally {
      leave(tellsAgain);
    }
  }

  /** Whether the task has been cancelled inside. */
  private boolean isCancelled() {
    return !cancelledBefore && Scheduler.isCallerCancelled();
  }

  private TimeoutException timedOut(Exception cause) {
    thrown =
        new TimeoutException(
            "Task \"%s\" did not get done within %s.".formatted(owner.getName(), limit));
    thrown.initCause(cause);
    return thrown;
  }

  /**
   * @param tellsAgain whether a cancelled task is interrupted once more, because it has not been
   *     told by what the body has thrown
   */
  private void leave(boolean tellsAgain) {
    left = true;
    cancelTimer();
    if (expired) {
      interrupts.isOver();
    }
    if (tellsAgain && isCancelled()) {
      owner.interrupt();
    }
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
