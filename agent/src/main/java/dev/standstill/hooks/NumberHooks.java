package dev.standstill.hooks;

import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code calls about the numbers that the JDK gives to threads, pools and timers, one
 * after the other for the whole JVM, and that programs see in names and hash codes. The agent
 * defines a copy of this class as {@code java.lang.StandstillNumbers}; this original is never
 * called.
 *
 * <p>As in {@link Hooks}, code that has nothing to do with a loop pays one read of a plain static
 * field while no loop was ever opened, and any thread may call.
 */
public final class NumberHooks {

  /** What is counted: threads by their ids. */
  public static final int THREAD_ID = 0;

  /** What is counted: platform threads without a name of their own. */
  public static final int THREAD = 1;

  /** What is counted: pools whose threads have no names of their own. */
  public static final int POOL = 2;

  /** What is counted: fork-join pools. */
  public static final int FORK_JOIN_POOL = 3;

  /** What is counted: timers without names of their own. */
  public static final int TIMER = 4;

  /** Whether a loop in virtual time was ever opened in this JVM. Set by the loop, after install. */
  public static boolean active;

  private static @Nullable LongBinaryOperator number;

  private NumberHooks() {}

  /**
   * Sets the delegate, which is called on the virtual thread that came to the hook.
   *
   * @param number takes what is counted and the number that the JDK has, returns the one to use
   */
  public static void install(LongBinaryOperator number) {
    NumberHooks.number = number;
  }

  /** Returns the id of a new thread. */
  public static long threadId(long ofJdk) {
    return ask(THREAD_ID, ofJdk);
  }

  /** Returns the number in the name of a thread. */
  public static int thread(int ofJdk) {
    return (int) ask(THREAD, ofJdk);
  }

  /** Returns the number in the names of a pool's threads. */
  public static int pool(int ofJdk) {
    return (int) ask(POOL, ofJdk);
  }

  /** Returns the number in the name of a fork-join pool, less one. */
  public static int forkJoinPool(int ofJdk) {
    return (int) ask(FORK_JOIN_POOL, ofJdk);
  }

  /** Returns the number in the name of a timer's thread. */
  public static int timer(int ofJdk) {
    return (int) ask(TIMER, ofJdk);
  }

  private static long ask(int counted, long ofJdk) {
    if (active) {
      LongBinaryOperator delegate = number;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        return delegate.applyAsLong(counted, ofJdk);
      }
    }
    return ofJdk;
  }
}
