package dev.standstill.hooks;

import java.util.List;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code calls about the work that pools are given. The agent defines a copy of this
 * class as {@code java.lang.StandstillPools}; this original is never called.
 *
 * <p>A pool whose threads run already when a task first gives it work lives outside the task's
 * loop. The loop has to know until when that work runs. The work itself is never wrapped: queues
 * and the hooks of pools see the program's own object.
 *
 * <p>As in {@link Hooks}, code that has nothing to do with a loop pays one read of a plain static
 * field, and any thread may call.
 */
public final class PoolHooks {

  /** Whether a loop in virtual time was ever opened in this JVM. Set by the loop, after install. */
  public static boolean active;

  /**
   * Whether a task has handed over work that has not run yet. Set by the loop before a pool gets
   * the work, which publishes it to the thread that takes the work.
   */
  public static boolean outstanding;

  private static @Nullable BiConsumer<Object, Object> handsOver;
  private static @Nullable Consumer<Object> begins;
  private static @Nullable Consumer<@Nullable Object> ends;
  private static @Nullable Consumer<Object> withdraws;
  private static @Nullable ToLongFunction<Object> nanoTime;
  private static @Nullable Consumer<Object> wakes;

  private PoolHooks() {}

  /**
   * Sets all delegates.
   *
   * @param handsOver takes a pool and work for it that a virtual thread is about to hand over
   * @param begins takes work that the current thread is about to run, if there is outstanding work
   * @param ends takes work that the current thread has run, or null for whatever it ran last
   * @param withdraws takes work that a pool has rejected, or dropped from its queue
   * @param nanoTime takes a scheduled pool, returns the time that its threads read
   * @param wakes takes a timer that is about to get a task
   */
  public static void install(
      BiConsumer<Object, Object> handsOver,
      Consumer<Object> begins,
      Consumer<@Nullable Object> ends,
      Consumer<Object> withdraws,
      ToLongFunction<Object> nanoTime,
      Consumer<Object> wakes) {
    PoolHooks.handsOver = handsOver;
    PoolHooks.begins = begins;
    PoolHooks.ends = ends;
    PoolHooks.withdraws = withdraws;
    PoolHooks.nanoTime = nanoTime;
    PoolHooks.wakes = wakes;
  }

  /** Called before a pool takes work. */
  public static void execute(ThreadPoolExecutor pool, Runnable work) {
    handOver(pool, work);
  }

  /** Called before a scheduled pool takes work. */
  public static void delayedExecute(
      ScheduledThreadPoolExecutor pool, RunnableScheduledFuture<?> work) {
    handOver(pool, work);
  }

  /** Called before a fork-join pool takes work. */
  public static void poolSubmit(ForkJoinPool pool, boolean signalIfEmpty, ForkJoinTask<?> work) {
    handOver(pool, work);
  }

  /** Called before a timer takes a task. */
  public static void sched(Timer timer, TimerTask task, long time, long period) {
    Consumer<Object> delegate = wakes;
    if (active && delegate != null) {
      delegate.accept(timer);
    }
  }

  private static void handOver(Object pool, @Nullable Object work) {
    if (active) {
      BiConsumer<Object, Object> delegate = handsOver;
      if (delegate != null && work != null && Thread.currentThread().isVirtual()) {
        delegate.accept(pool, work);
      }
    }
  }

  /** Called before the thread of a pool runs work. */
  public static void begins(Runnable work) {
    tell(begins, work);
  }

  /** Called before anybody runs a fork-join task. */
  public static void begins(ForkJoinTask<?> work) {
    tell(begins, work);
  }

  /** Called when a fork-join task has run. */
  public static void ends(ForkJoinTask<?> work) {
    tell(ends, work);
  }

  /** Called when the thread of a pool has nothing to run. */
  public static void ends() {
    if (outstanding) {
      Consumer<@Nullable Object> delegate = ends;
      if (delegate != null) {
        delegate.accept(null);
      }
    }
  }

  /** Called before a pool rejects work. */
  public static void reject(ThreadPoolExecutor pool, Runnable work) {
    tell(withdraws, work);
  }

  /** Called when a pool was asked to take work out of its queue. */
  public static void removed(boolean removed, Runnable work) {
    if (removed) {
      tell(withdraws, work);
    }
  }

  /** Called when a pool has taken all work out of its queue. */
  public static void drained(List<Runnable> works) {
    for (Runnable work : works) {
      tell(withdraws, work);
    }
  }

  /** Called with work that was taken out of a queue to be dropped, or null. */
  public static @Nullable Object dropped(@Nullable Object work) {
    if (work != null) {
      tell(withdraws, work);
    }
    return work;
  }

  private static void tell(@Nullable Consumer<? super Object> delegate, Object work) {
    if (outstanding && delegate != null) {
      delegate.accept(work);
    }
  }

  /** Replaces {@link System#nanoTime()} where a scheduled pool says when work is due. */
  public static long nanoTime(ScheduledThreadPoolExecutor pool) {
    if (active) {
      ToLongFunction<Object> delegate = nanoTime;
      if (delegate != null) {
        return delegate.applyAsLong(pool);
      }
    }
    return System.nanoTime();
  }
}
