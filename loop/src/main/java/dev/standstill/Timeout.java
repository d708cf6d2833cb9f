package dev.standstill;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
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
 * body throws for it becomes a {@code TimeoutException}. A body that ends without having noticed
 * keeps its result. Timeouts nest, and each turns only its own interrupt into an exception; an
 * outer one that expires while an inner one does interrupts the task again once the inner one is
 * left.
 *
 * <p>Time is that of the loop: virtual on a test loop. The body runs in the calling task, which has
 * to be a task of a loop; the methods of a timeout are for that task.
 *
 * <p>Modelled on asyncio's {@code timeout()}.
 */
public final class Timeout {

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

  /** The innermost timeout of each task. */
  private static final ThreadLocal<@Nullable Timeout> CURRENT = new ThreadLocal<>();

  private final EventLoop loop = CurrentLoop.requireTask("A Timeout");
  private final Thread owner = Thread.currentThread();
  private final @Nullable Timeout outer = CURRENT.get();

  // Touched by tasks of one loop only, which never run at the same time.
  private @Nullable Future<?> timer;
  private Duration limit = Duration.ZERO;
  private boolean left;
  private boolean expired;

  /** Whether the task had been interrupted by somebody else when this timeout did. */
  private boolean interruptedBefore;

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
   * Moves the limit.
   *
   * @param limit how long from now, in the loop's time
   * @throws IllegalStateException if the time had come already, or the body has ended
   */
  public void reschedule(Duration limit) {
    if (expired || left) {
      throw new IllegalStateException(
          "The timeout of task \"%s\" cannot be moved: %s."
              .formatted(owner.getName(), expired ? "it has expired" : "its body has ended"));
    }
    this.limit = limit;
    cancelTimer();
    timer = loop.schedule(this::expire, limit);
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
      interruptedBefore = owner.isInterrupted();
      owner.interrupt();
    }
  }

  private <V extends @Nullable Object> V run(Body<V> body) throws Exception {
    CURRENT.set(this);
    try {
      return body.call(this);
    } catch (InterruptedException e) {
      if (!expired) {
        throw e;
      }
      TimeoutException timedOut =
          new TimeoutException(
              "Task \"%s\" did not get done within %s.".formatted(owner.getName(), limit));
      timedOut.initCause(e);
      throw timedOut;
    } finally {
      leave();
    }
  }

  private void leave() {
    left = true;
    cancelTimer();
    restoreOuter();
    if (expired) {
      Thread.interrupted();
      if (interruptedBefore || isOuterExpired()) {
        owner.interrupt();
      }
    }
  }

  private void restoreOuter() {
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  private boolean isOuterExpired() {
    for (Timeout timeout = outer; timeout != null; timeout = timeout.outer) {
      if (timeout.expired) {
        return true;
      }
    }
    return false;
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
