package dev.standstill.hooks;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code calls in place of the JDK's own methods. The agent defines a copy of this
 * class as {@code java.lang.StandstillHooks}, so that every class of the JVM can link to it; this
 * original is never called.
 *
 * <p>A hook asks its delegate only while {@link #active} is set and only for a virtual thread; all
 * other callers pay one read of a plain static field. The delegate decides whether the thread runs
 * on a loop in virtual time and answers as the JDK would if it does not.
 *
 * <p>The class is one class file: a lambda or a nested class would need a second one in {@code
 * java.base}.
 *
 * <p>Any thread may call a hook. The fields are plain: a loop sets them before it starts its first
 * task, and starting a thread publishes them to it. Another virtual thread may see {@code active}
 * before it sees the delegates, hence the tests for null.
 */
public final class Hooks {

  /** Whether a loop in virtual time was ever opened in this JVM. Set by the loop, after install. */
  public static boolean active;

  /**
   * Opens the packages of {@code java.base} that a loop works on to the given module. Set by the
   * agent.
   */
  public static @Nullable Consumer<Module> opener;

  /**
   * Loads what the agent rewrites and answers, as one sentence, which JDK class lacks what the
   * agent relies on; null if nothing is missing. Set by the agent.
   */
  public static @Nullable Supplier<@Nullable String> problem;

  /**
   * Whom the JVM's unblocker thread, of which there is one, hands a monitor to just now; null
   * between two hand-overs.
   */
  public static volatile @Nullable Thread unblocking;

  /** The thread that is to be stopped, and what it shall throw, where native code finds them. */
  public static volatile @Nullable Thread stopped;

  public static volatile @Nullable Throwable stoppedWith;

  private static @Nullable LongSupplier nanoTime;
  private static @Nullable LongSupplier currentTimeMillis;
  private static @Nullable LongUnaryOperator nanoTimeAdjustment;
  private static @Nullable UnaryOperator<Executor> asyncExecutor;
  private static @Nullable Predicate<ScheduledFuture<?>> scheduleDelayed;
  private static @Nullable Runnable enterOutside;
  private static @Nullable Runnable enterProcess;
  private static @Nullable Consumer<Object> enterService;
  private static @Nullable Runnable exitOutside;
  private static @Nullable LongPredicate parkPinned;
  private static @Nullable IntPredicate exit;

  private Hooks() {}

  /**
   * Sets all delegates. Each is called on the virtual thread that came to the hook.
   *
   * @param nanoTime answers {@code System.nanoTime}
   * @param currentTimeMillis answers {@code System.currentTimeMillis}
   * @param nanoTimeAdjustment answers {@code jdk.internal.misc.VM.getNanoTimeAdjustment}: the
   *     nanoseconds since the given second of the epoch, -1 if that is too far away to tell, or
   *     {@code Long.MIN_VALUE} to have the JVM asked
   * @param asyncExecutor takes the default pool of {@code CompletableFuture}, returns the executor
   *     to use in its place
   * @param scheduleDelayed returns true if it has taken the task and will run it (it is a {@code
   *     Runnable}) once its delay has passed
   * @param enterOutside called before the thread parks for a file descriptor
   * @param enterProcess called before the thread waits for the end of a process
   * @param enterService called before the thread waits for a thread of the JDK, with the object
   *     that it waits in
   * @param exitOutside called after any of these, however the wait ended
   * @param parkPinned takes nanoseconds, 0 for an untimed park; returns true if the park of a
   *     pinned thread is over, false to have the carrier parked
   * @param exit takes a status; returns true if the JVM is to live on
   */
  public static void install(
      LongSupplier nanoTime,
      LongSupplier currentTimeMillis,
      LongUnaryOperator nanoTimeAdjustment,
      UnaryOperator<Executor> asyncExecutor,
      Predicate<ScheduledFuture<?>> scheduleDelayed,
      Runnable enterOutside,
      Runnable enterProcess,
      Consumer<Object> enterService,
      Runnable exitOutside,
      LongPredicate parkPinned,
      IntPredicate exit) {
    Hooks.nanoTime = nanoTime;
    Hooks.currentTimeMillis = currentTimeMillis;
    Hooks.nanoTimeAdjustment = nanoTimeAdjustment;
    Hooks.asyncExecutor = asyncExecutor;
    Hooks.scheduleDelayed = scheduleDelayed;
    Hooks.enterOutside = enterOutside;
    Hooks.enterProcess = enterProcess;
    Hooks.enterService = enterService;
    Hooks.exitOutside = exitOutside;
    Hooks.parkPinned = parkPinned;
    Hooks.exit = exit;
  }

  /** Called by the unblocker thread before it takes a thread off its list. */
  public static void unblockBegins(Thread thread) {
    unblocking = thread;
  }

  /** Called by the unblocker thread after it has made that thread ready. */
  public static void unblockEnds() {
    unblocking = null;
  }

  /** Replaces {@link System#nanoTime()}. */
  public static long nanoTime() {
    if (active) {
      LongSupplier delegate = nanoTime;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        return delegate.getAsLong();
      }
    }
    return System.nanoTime();
  }

  /** Replaces {@link System#currentTimeMillis()}. */
  public static long currentTimeMillis() {
    if (active) {
      LongSupplier delegate = currentTimeMillis;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        return delegate.getAsLong();
      }
    }
    return System.currentTimeMillis();
  }

  /** Replaces {@code jdk.internal.misc.VM.getNanoTimeAdjustment}, which java.time reads. */
  public static long getNanoTimeAdjustment(long offsetInSeconds) {
    if (active) {
      LongUnaryOperator delegate = nanoTimeAdjustment;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        long adjustment = delegate.applyAsLong(offsetInSeconds);
        if (adjustment != Long.MIN_VALUE) {
          return adjustment;
        }
      }
    }
    return VM.getNanoTimeAdjustment(offsetInSeconds);
  }

  /** Returns the executor that {@code CompletableFuture} is to use in place of its default pool. */
  public static Executor asyncExecutor(Executor pool) {
    if (active) {
      UnaryOperator<Executor> delegate = asyncExecutor;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        return delegate.apply(pool);
      }
    }
    return pool;
  }

  /** Returns whether the loop has taken the task, which then must not go to the default pool. */
  public static boolean scheduleDelayed(ScheduledFuture<?> task) {
    if (active) {
      Predicate<ScheduledFuture<?>> delegate = scheduleDelayed;
      return delegate != null && Thread.currentThread().isVirtual() && delegate.test(task);
    }
    return false;
  }

  /** Replaces {@link LockSupport#park()} where a thread waits for a file descriptor. */
  public static void parkOutside() {
    parkOutside(0);
  }

  /**
   * Replaces {@link LockSupport#parkNanos(long)} where a thread waits for a file descriptor; 0
   * parks without a limit.
   */
  public static void parkOutside(long nanos) {
    Runnable enter = enterOutside;
    Runnable exit = exitOutside;
    if (!active || enter == null || exit == null || !Thread.currentThread().isVirtual()) {
      park(nanos);
      return;
    }
    enter.run();
    try {
      park(nanos);
    } finally {
      exit.run();
    }
  }

  private static void park(long nanos) {
    if (nanos > 0) {
      LockSupport.parkNanos(nanos);
    } else {
      LockSupport.park();
    }
  }

  /**
   * Called before a thread parks or selects. An interrupt that nobody clears ends such a wait at
   * once; whoever waits in a loop nevertheless would never let go of the carrier.
   */
  public static void beginsWait() {
    if (active && Thread.currentThread().isVirtual() && Thread.currentThread().isInterrupted()) {
      Thread.yield();
    }
  }

  /** Called before a thread waits for the end of a process. */
  public static void awaitsProcess() {
    tell(enterProcess);
  }

  /** Called when it waits no longer. */
  public static void awaitedProcess() {
    tell(exitOutside);
  }

  /**
   * Called before a thread waits for one of the JDK's own.
   *
   * @param waitedIn a service that watches files, the thread behind it, or the future of an
   *     asynchronous channel
   */
  public static void awaitsService(Object waitedIn) {
    Consumer<Object> delegate = enterService;
    if (active && delegate != null && Thread.currentThread().isVirtual()) {
      delegate.accept(waitedIn);
    }
  }

  /** Called when it waits no longer. */
  public static void awaitedService() {
    tell(exitOutside);
  }

  private static void tell(@Nullable Runnable delegate) {
    if (active && delegate != null && Thread.currentThread().isVirtual()) {
      delegate.run();
    }
  }

  /** Returns whether the park of a pinned virtual thread is over without parking its carrier. */
  public static boolean parkPinned(boolean timed, long nanos) {
    if (active) {
      LongPredicate delegate = parkPinned;
      boolean timeIsLeft = !timed || nanos > 0;
      return delegate != null
          && timeIsLeft
          && Thread.currentThread().isVirtual()
          && delegate.test(timed ? nanos : 0);
    }
    return false;
  }

  /** Returns whether the exit of the JVM is to be left undone. */
  public static boolean exit(int status) {
    if (active) {
      IntPredicate delegate = exit;
      return delegate != null && Thread.currentThread().isVirtual() && delegate.test(status);
    }
    return false;
  }
}
