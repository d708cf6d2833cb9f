package dev.standstill.core;

import java.util.concurrent.Delayed;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@link Timers}. Loop-confined.
 *
 * <p>It is a {@code ScheduledFuture} because that is what the JDK expects of a timed park; the JDK
 * only ever cancels it.
 */
final class Timer implements ScheduledFuture<Object> {

  static final int NOT_PENDING = -1;

  final long when;
  final long order;
  int index = NOT_PENDING;

  /** Whether it ends a wait that is so short that it may as well last longer. */
  boolean brief;

  private final Timers timers;
  private final Runnable action;
  private final @Nullable Future<?> subject;
  private boolean cancelled;

  Timer(Timers timers, long when, long order, Runnable action, @Nullable Future<?> subject) {
    this.timers = timers;
    this.when = when;
    this.order = order;
    this.action = action;
    this.subject = subject;
  }

  boolean isBefore(Timer other) {
    return when < other.when || (when == other.when && order < other.order);
  }

  /** Whether firing would do nothing any more. */
  boolean isMoot() {
    return subject != null && subject.isDone();
  }

  void cancelSubject() {
    if (subject != null) {
      subject.cancel(false);
    }
  }

  void fire() {
    action.run();
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean removed = timers.remove(this);
    cancelled |= removed;
    return removed;
  }

  @Override
  public boolean isCancelled() {
    return cancelled;
  }

  @Override
  public boolean isDone() {
    return index == NOT_PENDING;
  }

  @Override
  public long getDelay(TimeUnit unit) {
    return unit.convert(when - timers.nanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public int compareTo(Delayed other) {
    return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
  }

  @Override
  public Object get() {
    throw new UnsupportedOperationException("A timer of a loop has no result to wait for.");
  }

  @Override
  public Object get(long timeout, TimeUnit unit) {
    return get();
  }
}
