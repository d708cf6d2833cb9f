package dev.standstill.hooks;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code calls about platform threads. The agent defines a copy of this class as
 * {@code java.lang.StandstillThreads}; this original is never called.
 *
 * <p>A platform thread that a task of a loop in virtual time starts is <em>backed</em>: a virtual
 * thread of that loop runs its code, and the JVM never starts a thread of its own for it. The JDK's
 * locks and thread-locals see the virtual thread; programs see the platform thread.
 *
 * <p>As in {@link Hooks}, code that has nothing to do with a loop pays one read of a plain static
 * field while no loop was ever opened, and any thread may call.
 */
public final class ThreadHooks {

  /** How many frames are on top of the caller's when a backed thread asks for its own stack. */
  private static final int OWN_FRAMES = 3;

  /** Whether a loop in virtual time was ever opened in this JVM. Set by the loop, after install. */
  public static boolean active;

  private static @Nullable Predicate<Thread> start;
  private static @Nullable UnaryOperator<Thread> seen;
  private static @Nullable UnaryOperator<Thread> backing;
  private static @Nullable Supplier<Thread> parent;
  private static @Nullable BooleanSupplier spin;

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
   * @param spin called by a virtual thread that spins; returns true if others have run meanwhile
   */
  public static void install(
      Predicate<Thread> start,
      UnaryOperator<Thread> seen,
      UnaryOperator<Thread> backing,
      Supplier<Thread> parent,
      BooleanSupplier spin) {
    ThreadHooks.start = start;
    ThreadHooks.seen = seen;
    ThreadHooks.backing = backing;
    ThreadHooks.parent = parent;
    ThreadHooks.spin = spin;
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
    if (active) {
      BooleanSupplier delegate = spin;
      if (delegate != null && Thread.currentThread().isVirtual() && delegate.getAsBoolean()) {
        return;
      }
    }
    Thread.onSpinWait();
  }

  private static @Nullable Thread backingOrNull(Thread thread) {
    Thread backing = backing(thread);
    return backing == thread ? null : backing;
  }
}
