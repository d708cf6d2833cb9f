package dev.standstill.jdk;

import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hands the timed parks of a loop's tasks to the loop's own timers.
 *
 * <p>Read from {@code VirtualThread.DelayedTaskSchedulers}, JDK 25: a timed park or timed {@code
 * Object.wait} of a virtual thread whose scheduler is not the JDK's calls {@code schedule} on an
 * element of the array {@code INSTANCE}, on the carrier, and later at most {@code cancel(false)} on
 * what it got, on the carrier too. The elements are replaced by a router that looks which loop
 * drives the carrier, and passes everything else on to the element it stands before.
 */
public final class DelayedParks {

  /** The timers of one loop. Called on the loop's carrier only. */
  @FunctionalInterface
  public interface Timers {
    /**
     * Runs {@code command} on the carrier once {@code delayNanos} have passed; null to leave it to
     * the JDK's timers.
     */
    @Nullable ScheduledFuture<?> schedule(Runnable command, long delayNanos);
  }

  private static final ThreadLocal<@Nullable Timers> DRIVEN = new ThreadLocal<>();

  static {
    ScheduledExecutorService[] schedulers = VirtualThreads.internals().delayedTaskSchedulers();
    for (int i = 0; i < schedulers.length; i++) {
      schedulers[i] = new Router(schedulers[i]);
    }
  }

  private DelayedParks() {}

  /**
   * Says that the calling platform thread drives, from now on, a loop with these timers; null when
   * it no longer drives one. Returns what was set before.
   */
  public static @Nullable Timers driveWith(@Nullable Timers timers) {
    Timers before = DRIVEN.get();
    DRIVEN.set(timers);
    return before;
  }

  /** Only {@code schedule(Runnable, …)} is called by the JDK; no thread is ever started here. */
  private static final class Router extends ScheduledThreadPoolExecutor {
    private final ScheduledExecutorService behind;

    Router(ScheduledExecutorService behind) {
      super(0);
      this.behind = behind;
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
      Timers timers = DRIVEN.get();
      ScheduledFuture<?> taken =
          timers == null ? null : timers.schedule(command, unit.toNanos(delay));
      return taken == null ? behind.schedule(command, delay, unit) : taken;
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
      return behind.schedule(callable, delay, unit);
    }
  }
}
