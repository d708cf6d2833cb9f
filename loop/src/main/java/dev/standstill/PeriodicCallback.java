package dev.standstill;

import dev.standstill.core.LoopExecutor;
import dev.standstill.core.Scheduler;
import dev.standstill.core.Timers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs something on a loop again and again: a heartbeat, a poll, a clean-up.
 *
 * <pre>{@code
 * var heartbeat =
 *     new PeriodicCallback(loop, "heartbeat", Duration.ofSeconds(5), () -> connection.ping());
 * heartbeat.start();
 * }</pre>
 *
 * <p>Each turn is a task, which bears the callback's name and may block. The turns come at {@link
 * #start} plus one period, two periods and so on, in the loop's time: exactly then if it is
 * virtual, never earlier in any case. There are never two at once. A turn whose time has passed
 * when the one before ends is skipped, so that one that takes long delays no later one; a turn that
 * the loop was too busy for comes late, and once.
 *
 * <p>What a turn throws goes at once to the {@linkplain EventLoop#setUncaughtExceptionHandler
 * handler} of the loop, and the next turn comes at its time; so does an {@code
 * InterruptedException} if somebody interrupts the turn's thread.
 *
 * <p>When the loop is closed or shut down no turn comes any more, and one that runs while it is
 * closed is interrupted, as any task. A callback lives in the {@code background} of a test loop:
 * neither that it goes on, nor a turn that is not over yet, counts as left when the loop closes.
 *
 * <p>Any thread may call any method. What it did before {@link #start} happens-before the first
 * turn.
 *
 * <p>Modelled on Tornado's {@code PeriodicCallback}, whose jitter adds up, though, while here each
 * turn has a window of its own.
 */
public final class PeriodicCallback implements AutoCloseable {

  private final EventLoop loop;
  private final String name;
  private final long period;
  private final double jitter;
  private final ThrowingRunnable body;

  /** Null while it is stopped. */
  private final AtomicReference<@Nullable Run> current = new AtomicReference<>();

  /** Whether a turn runs, be it of this run or of one that was stopped. */
  private final AtomicBoolean busy = new AtomicBoolean();

  /**
   * Makes a callback that is not started.
   *
   * @param loop the loop that runs it
   * @param name the name of its tasks
   * @param period from one turn to the next, in the loop's time
   * @param body what a turn does
   * @throws IllegalArgumentException if the period is not above zero
   */
  public PeriodicCallback(EventLoop loop, String name, Duration period, ThrowingRunnable body) {
    this(loop, name, period, 0, body);
  }

  /**
   * Makes a callback that is not started, whose turns come up to a part of the period later than
   * they would, so that those of many processes do not come together. How much is drawn for each
   * turn anew, from the seed on a test loop.
   *
   * @param loop the loop that runs it
   * @param name the name of its tasks
   * @param period from one turn to the next on average, in the loop's time
   * @param jitter the part of the period, from 0 to 1
   * @param body what a turn does
   * @throws IllegalArgumentException if the period is not above zero, or the jitter is not from 0
   *     to 1
   */
  public PeriodicCallback(
      EventLoop loop, String name, Duration period, double jitter, ThrowingRunnable body) {
    if (period.isZero() || period.isNegative()) {
      throw new IllegalArgumentException(
          "Periodic callback \"%s\" needs a period above 0, not %s.".formatted(name, period));
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException(
          "The jitter of periodic callback \"%s\" is a part of its period, from 0 to 1, not %s."
              .formatted(name, jitter));
    }
    this.loop = Objects.requireNonNull(loop, "loop");
    this.name = Objects.requireNonNull(name, "name");
    this.period = TimeUnit.NANOSECONDS.convert(period);
    this.jitter = jitter;
    this.body = Objects.requireNonNull(body, "body");
  }

  /**
   * Starts it: the first turn comes after one period. Does nothing if it is started. A callback
   * that was stopped can be started again, and counts its periods from then on; while a turn from
   * before still runs, turns are skipped.
   *
   * @throws RejectedExecutionException if the loop is closed
   */
  public void start() {
    Run run = new Run(CurrentLoop.executorOf(loop));
    if (current.compareAndSet(null, run)) {
      try {
        run.begin();
      } catch (RejectedExecutionException e) {
        current.compareAndSet(run, null);
        throw e;
      }
    }
  }

  /**
   * Stops it: no turn begins any more. One that runs goes on to its end, without an interrupt;
   * nobody waits for it. A turn may stop its own callback. Does nothing if it is stopped.
   */
  public void stop() {
    Run run = current.getAndSet(null);
    if (run != null) {
      run.cancelPending();
    }
  }

  /** Stops it, as {@link #stop} does. */
  @Override
  public void close() {
    stop();
  }

  /**
   * Tells whether further turns will come.
   *
   * @return true between {@link #start} and {@link #stop}, as long as the loop is open
   */
  public boolean isRunning() {
    return current.get() != null && !loop.isShutdown();
  }

  /** Its name, the loop and the period, for messages. */
  @Override
  public String toString() {
    return "PeriodicCallback \"%s\" of %s, every %s"
        .formatted(name, loop, Duration.ofNanos(period));
  }

  /** From one start to the next stop. */
  private final class Run {

    private final LoopExecutor executor;
    private final long begun;

    /** The number of the turn that is planned or was last; touched by one task after the other. */
    private long turn;

    private volatile @Nullable Future<?> pending;

    Run(LoopExecutor executor) {
      this.executor = executor;
      this.begun = executor.nanos();
    }

    /** On a test loop only tasks draw from the seed. */
    void begin() {
      if (jitter == 0) {
        planNext();
      } else {
        plan(
            begun,
            () -> {
              goOn();
              return null;
            });
      }
    }

    private void planNext() {
      long passed = executor.nanos() - begun;
      long inTime = passed / period + (passed % period == 0 ? 0 : 1);
      turn = Math.max(turn + 1, inTime);
      plan(Timers.later(begun, Timers.later(turn * period, delay())), this::takeTurn);
    }

    private long delay() {
      return jitter == 0 ? 0 : (long) (jitter * period * ThreadLocalRandom.current().nextDouble());
    }

    private void plan(long moment, Callable<?> what) {
      Future<?> planned = executor.startAt(moment, name, what);
      pending = planned;
      if (!isCurrent()) {
        planned.cancel(false);
      }
    }

    private boolean isCurrent() {
      return current.get() == this;
    }

    void cancelPending() {
      Future<?> planned = pending;
      if (planned != null) {
        planned.cancel(false);
      }
    }

    private @Nullable Void takeTurn() throws Exception {
      pending = null;
      try {
        if (isCurrent() && busy.compareAndSet(false, true)) {
          runBody();
        }
      } finally {
        goOn();
      }
      return null;
    }

    private void runBody() throws Exception {
      try {
        body.run();
      } catch (Throwable e) {
        if (Scheduler.isCallerCancelled()) {
          throw e; // the loop is closing
        }
        Thread self = Thread.currentThread();
        self.getUncaughtExceptionHandler().uncaughtException(self, e);
      } finally {
        busy.set(false);
      }
    }

    private void goOn() {
      if (isCurrent()) {
        try {
          planNext();
        } catch (RejectedExecutionException e) {
          current.compareAndSet(this, null); // the loop takes no work any more
        }
      }
    }
  }
}
