package dev.standstill.hooks;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code calls about platform threads. The agent defines a copy of this class as
 * {@code java.lang.StandstillThreads}; this original is never called.
 *
 * <p>A platform thread that a task of a loop in virtual time starts is <em>backed</em>: a virtual
 * thread of that loop runs its code, and the JVM never starts a thread of its own for it. The JVM's
 * monitors, parking and thread-locals see the virtual thread; programs, and the locks that tell
 * them of threads, see the platform thread.
 *
 * <p>As in {@link Hooks}, code that has nothing to do with a loop pays one read of a plain static
 * field while no loop was ever opened, and any thread may call.
 */
public final class ThreadHooks {

  /** More than the hundred years from which on loops take a wait for endless. */
  private static final long FOR_EVER_DAYS = 36_600;

  /** How many frames are on top of the caller's when a backed thread asks for its own stack. */
  private static final int OWN_FRAMES = 3;

  /** Whether a loop in virtual time was ever opened in this JVM. Set by the loop, after install. */
  public static boolean active;

  /**
   * Whether a task has woken a thread of no loop of which it is not known yet that it runs. Set by
   * the loop before the thread is woken, which publishes it to that thread.
   */
  public static boolean waking;

  /** Whether a loop with a seed is open. Set by the loop. */
  public static boolean seeded;

  /** Has classes of programs call {@link #atHandOver}, from now on. Set by the agent. */
  public static @Nullable Runnable seedsPrograms;

  private static @Nullable Predicate<Thread> start;
  private static @Nullable UnaryOperator<Thread> seen;
  private static @Nullable UnaryOperator<Thread> backing;
  private static @Nullable Supplier<Thread> parent;
  private static @Nullable BooleanSupplier onLoop;
  private static @Nullable Runnable idle;
  private static @Nullable Runnable handsOver;
  private static @Nullable Runnable atHandOver;
  private static @Nullable UnaryOperator<ForkJoinPool> commonPool;
  private static @Nullable Consumer<Thread> unparks;
  private static @Nullable Runnable unparked;

  private ThreadHooks() {}

  /**
   * Sets all delegates.
   *
   * @param start takes a platform thread that a virtual thread starts; returns true if it has
   *     started it
   * @param seen takes the current virtual thread, returns the thread that programs see in its place
   * @param backing takes a platform thread, returns the virtual thread that runs its code now, or
   *     the same thread if there is none
   * @param parent returns, on a virtual thread, the thread from which a new platform thread
   *     inherits
   * @param onLoop returns whether the current virtual thread runs on a loop in virtual time
   * @param idle called by a virtual thread that is about to wait for work of a pool or timer;
   *     throws if it shall end instead
   * @param handsOver called by a virtual thread that has just started or unparked another thread
   * @param atHandOver called by a virtual thread whose program is about to take a lock, or has
   *     given one back or notified
   * @param commonPool takes the common pool of the JVM, returns the one that the current virtual
   *     thread shall use
   * @param unparks takes a platform thread that a virtual thread is about to unpark
   * @param unparked called by a platform thread that has parked, while {@link #waking} is set
   */
  public static void install(
      Predicate<Thread> start,
      UnaryOperator<Thread> seen,
      UnaryOperator<Thread> backing,
      Supplier<Thread> parent,
      BooleanSupplier onLoop,
      Runnable idle,
      Runnable handsOver,
      Runnable atHandOver,
      UnaryOperator<ForkJoinPool> commonPool,
      Consumer<Thread> unparks,
      Runnable unparked) {
    ThreadHooks.start = start;
    ThreadHooks.seen = seen;
    ThreadHooks.backing = backing;
    ThreadHooks.parent = parent;
    ThreadHooks.onLoop = onLoop;
    ThreadHooks.idle = idle;
    ThreadHooks.handsOver = handsOver;
    ThreadHooks.atHandOver = atHandOver;
    ThreadHooks.commonPool = commonPool;
    ThreadHooks.unparks = unparks;
    ThreadHooks.unparked = unparked;
  }

  /** Replaces {@link Thread#currentThread()} in programs. */
  public static Thread currentThread() {
    Thread thread = Thread.currentThread();
    if (active) {
      UnaryOperator<Thread> delegate = seen;
      if (delegate != null && thread.isVirtual()) {
        return delegate.apply(thread);
      }
    }
    return thread;
  }

  /** Returns the thread from which a platform thread that is being made inherits. */
  public static Thread parent() {
    Thread thread = Thread.currentThread();
    if (active) {
      Supplier<Thread> delegate = parent;
      if (delegate != null && thread.isVirtual()) {
        return delegate.get();
      }
    }
    return thread;
  }

  /** Returns whether the loop has started the platform thread, which the JVM then must not do. */
  public static boolean start(Thread thread) {
    if (active) {
      Predicate<Thread> delegate = start;
      return delegate != null && Thread.currentThread().isVirtual() && delegate.test(thread);
    }
    return false;
  }

  /** Returns the virtual thread that runs the code of a backed thread, or the thread itself. */
  public static @Nullable Thread backing(@Nullable Thread thread) {
    if (active) {
      UnaryOperator<Thread> delegate = backing;
      if (delegate != null && thread != null && !thread.isVirtual()) {
        return delegate.apply(thread);
      }
    }
    return thread;
  }

  /**
   * Waits for the end of a backed thread. The JDK would wait in the monitor of the thread, which
   * takes the JVM's unblocker to leave, and holds the carrier in a class initialiser; who has
   * entered that monitor still must wait there, since its thread enters it to end.
   *
   * @param millis how long at the most, 0 for ever
   * @return false if the thread is none that can be waited for like this
   */
  public static boolean join(Thread thread, long millis) throws InterruptedException {
    if (!active || millis < 0 || !Thread.currentThread().isVirtual()) {
      return false;
    }
    Thread backing = backingOrNull(thread);
    if (backing == null || Thread.holdsLock(thread)) {
      return false;
    }
    backing.join(millis);
    return true;
  }

  /** Interrupts a backed thread; returns false if the thread is none. */
  public static boolean interrupt(Thread thread) {
    Thread backing = backingOrNull(thread);
    if (backing != null) {
      backing.interrupt();
    }
    return backing != null;
  }

  /** Returns whether the thread is backed and interrupted. */
  public static boolean isInterrupted(Thread thread) {
    Thread backing = backingOrNull(thread);
    return backing != null && backing.isInterrupted();
  }

  /** Returns whether the thread is backed and has not ended. */
  public static boolean isAlive(Thread thread) {
    return backingOrNull(thread) != null;
  }

  /** Returns the state of a backed thread, or null if the thread is none. */
  public static Thread.@Nullable State state(Thread thread) {
    Thread backing = backingOrNull(thread);
    return backing == null ? null : backing.getState();
  }

  /** Returns the stack of a backed thread, or null if the thread is none. */
  public static StackTraceElement @Nullable [] stackTrace(Thread thread) {
    Thread backing = backingOrNull(thread);
    if (backing == null) {
      return null;
    }
    StackTraceElement[] stack = backing.getStackTrace();
    return backing == Thread.currentThread()
        ? Arrays.copyOfRange(stack, OWN_FRAMES, stack.length)
        : stack;
  }

  /** Tells the JDK's own code the new name of a backed thread. */
  public static void setName(Thread thread, @Nullable String name) {
    Thread backing = backingOrNull(thread);
    if (backing != null && name != null) {
      backing.setName(name);
    }
  }

  /** Tells the JDK's own code the new class loader of a backed thread. */
  public static void setContextClassLoader(Thread thread, @Nullable ClassLoader loader) {
    Thread backing = backingOrNull(thread);
    if (backing != null) {
      backing.setContextClassLoader(loader);
    }
  }

  /** Replaces {@link Thread#onSpinWait()}: on a loop nothing changes until others have run. */
  public static void onSpinWait() {
    if (active && isOnLoop()) {
      Thread.yield();
    } else {
      Thread.onSpinWait();
    }
  }

  /** Replaces the spinning of a wait that is too short to park for: time has to move on a loop. */
  public static void spinBriefly() {
    if (active && isOnLoop()) {
      LockSupport.parkNanos(1);
    } else {
      Thread.onSpinWait();
    }
  }

  /**
   * Returns how often a worker looks for work before it parks.
   *
   * @param needed how often it has to
   * @param spinning how often it does so as work may come meanwhile, which it does not on a loop
   */
  public static int looks(int needed, int spinning) {
    return active && isOnLoop() ? needed : Math.max(needed, spinning);
  }

  /** Returns whether not to spin before parking, because there is one processor or a loop. */
  public static boolean isUniprocessor(boolean uniprocessor) {
    return uniprocessor || active && isOnLoop();
  }

  /** Returns how many processors there are to spin for: one on a loop. */
  public static int processors(int processors) {
    return active && isOnLoop() ? 1 : processors;
  }

  /**
   * Replaces the wait for the end of a pool that is closed. The JDK waits for a day, and then for
   * another: on a loop these days pass at once, so it waits once.
   */
  public static boolean awaitTermination(ExecutorService pool, long timeout, TimeUnit unit)
      throws InterruptedException {
    return active && isOnLoop()
        ? pool.awaitTermination(FOR_EVER_DAYS, TimeUnit.DAYS)
        : pool.awaitTermination(timeout, unit);
  }

  /** Replaces, in the same way, how long a closed HTTP client is waited for. */
  public static Duration untilClosed(Duration timeout) {
    return active && isOnLoop() ? Duration.ofDays(FOR_EVER_DAYS) : timeout;
  }

  /**
   * Replaces what makes the thread that waits for the time-outs of asynchronous channels. The JDK
   * makes one of its own kind, which stays outside of loops as others of that kind have to.
   */
  public static ThreadFactory threadsOfTimeouts(ThreadFactory factory) {
    return Thread.ofPlatform().daemon().name("channel-timeouts").factory();
  }

  /** Called before a thread is unparked. */
  public static void unparks(@Nullable Thread thread) {
    if (active) {
      Consumer<Thread> delegate = unparks;
      if (delegate != null
          && thread != null
          && !thread.isVirtual()
          && Thread.currentThread().isVirtual()) {
        delegate.accept(thread);
      }
    }
  }

  /** Called when a park is over. */
  public static void unparked() {
    if (waking) {
      Runnable delegate = unparked;
      if (delegate != null && !Thread.currentThread().isVirtual()) {
        delegate.run();
      }
    }
  }

  /** Called after a thread was started or unparked: moments at which others may run first. */
  public static void handsOver() {
    if (active) {
      Runnable delegate = handsOver;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        delegate.run();
      }
    }
  }

  /**
   * Called by programs before a lock, a permit or a monitor is taken, and after one was given back
   * or notified.
   */
  public static void atHandOver() {
    if (seeded) {
      Runnable delegate = atHandOver;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        delegate.run();
      }
    }
  }

  /** Called before a thread waits for work that a pool or timer is given. */
  public static void idle() {
    if (active) {
      Runnable delegate = idle;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        delegate.run();
      }
    }
  }

  /**
   * Replaces {@code Unsafe.park} of threads that wait for work of a fork-join pool. A worker of the
   * loop's common pool does not end when it is idle for a minute: that would be a timer which
   * nobody has set.
   */
  public static void parkIdle(Object unsafe, boolean absolute, long time) {
    idle();
    if (active && isOfCommonPool()) {
      LockSupport.park();
    } else if (absolute) {
      LockSupport.parkUntil(time);
    } else if (time > 0) {
      LockSupport.parkNanos(time);
    } else {
      LockSupport.park();
    }
  }

  /** Replaces {@code Unsafe.unpark}. */
  public static void unpark(Object unsafe, @Nullable Object thread) {
    LockSupport.unpark((Thread) thread);
  }

  /** Returns the thread that may be a worker of a fork-join pool, given the carrier of a caller. */
  public static Thread worker(Thread carrier) {
    return active && isOnLoop() ? currentThread() : carrier;
  }

  /** Returns the common pool for the current thread. */
  public static ForkJoinPool commonPool(ForkJoinPool pool) {
    if (active) {
      UnaryOperator<ForkJoinPool> delegate = commonPool;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        return delegate.apply(pool);
      }
    }
    return pool;
  }

  private static boolean isOfCommonPool() {
    return isOnLoop()
        && currentThread() instanceof ForkJoinWorkerThread worker
        && worker.getPool() == commonPool(worker.getPool());
  }

  private static boolean isOnLoop() {
    BooleanSupplier delegate = onLoop;
    return delegate != null && Thread.currentThread().isVirtual() && delegate.getAsBoolean();
  }

  private static @Nullable Thread backingOrNull(Thread thread) {
    Thread backing = backing(thread);
    return backing == thread ? null : backing;
  }
}
