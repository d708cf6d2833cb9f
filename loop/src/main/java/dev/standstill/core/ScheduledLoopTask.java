package dev.standstill.core;

import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executor;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A task that starts later, once or again and again; each time in a virtual thread of its own. Any
 * thread may call.
 */
final class ScheduledLoopTask<V extends @Nullable Object> extends LoopTask<V>
    implements RunnableScheduledFuture<V> {

  /**
   * When a task runs again: at a fixed rate, or with a fixed delay after each end, in nanoseconds.
   */
  sealed interface Repeat {
    record Once() implements Repeat {}

    record AtRate(long nanos) implements Repeat {}

    record WithDelay(long nanos) implements Repeat {}
  }

  /** What a task is for. */
  enum Kind {
    /** The program asked for it; it takes a place of the loop's when it is due. */
    WORK,
    /** It watches over other tasks, and runs when it is due whatever the limit of the loop. */
    WATCH,
    /** It runs so, too, and nobody minds if it is cut off when the loop closes. */
    BACKGROUND
  }

  private final Repeat repeat;
  private final Kind kind;
  private final @Nullable Throwable scheduledAt;
  private final Executor home;
  private volatile long due;
  private @Nullable Timer timer;

  ScheduledLoopTask(
      LoopExecutor loop, String name, Callable<V> body, long due, Repeat repeat, Kind kind) {
    super(loop, name, body);
    this.due = due;
    this.repeat = repeat;
    this.kind = kind;
    this.scheduledAt = scheduler().origin();
    this.home = scheduler().home();
  }

  /** What runs the task when it is due. */
  Executor home() {
    return home;
  }

  @Override
  protected boolean isBackground() {
    return kind == Kind.BACKGROUND;
  }

  /** Whether the task takes a place of the loop's when it is due. */
  boolean isLimited() {
    return kind == Kind.WORK;
  }

  /** The place that scheduled the task; null where the loop records none. */
  @Nullable Throwable scheduledAt() {
    return scheduledAt;
  }

  /** Sets the timer, or cancels if the loop has been shut down meanwhile; on the carrier. */
  void arm() {
    if (loop().isShutdown()) {
      cancel(false);
    } else if (!isDone()) {
      timer = scheduler().timers.addAt(due, () -> loop().startDue(this), this);
    }
  }

  @Override
  public void run() {
    switch (repeat) {
      case Repeat.Once() -> super.run();
      case Repeat.AtRate(long nanos) -> runAgainAt(due, nanos);
      case Repeat.WithDelay(long nanos) -> runAgainAt(Long.MIN_VALUE, nanos);
    }
  }

  private void runAgainAt(long from, long nanos) {
    if (runAndReset()) {
      due = from == Long.MIN_VALUE ? scheduler().timers.after(nanos) : Timers.later(from, nanos);
      arm();
    }
  }

  @Override
  public boolean isPeriodic() {
    return !(repeat instanceof Repeat.Once);
  }

  @Override
  protected void done() {
    super.done();
    if (isCancelled()) {
      scheduler().tryOnCarrier(this::disarm);
    }
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  private Scheduler scheduler() {
    return loop().scheduler();
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(due - scheduler().timers.nanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    return other instanceof ScheduledLoopTask<?> task && task.loop() == loop()
        ? Long.compare(due, task.due)
        : Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
  }
}
