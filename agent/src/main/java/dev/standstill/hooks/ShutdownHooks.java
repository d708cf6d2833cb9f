package dev.standstill.hooks;

import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code calls about shutdown hooks, and about an end of the JVM without them. The
 * agent defines a copy of this class as {@code java.lang.StandstillShutdown}; this original is
 * never called.
 *
 * <p>As in {@link Hooks}, code that has nothing to do with a loop pays one read of a plain static
 * field while no loop was ever opened, and any thread may call.
 */
public final class ShutdownHooks {

  /** Whether a loop in virtual time was ever opened in this JVM. Set by the loop, after install. */
  public static boolean active;

  private static @Nullable Predicate<Thread> add;
  private static @Nullable Predicate<Thread> remove;
  private static @Nullable IntPredicate halt;

  private ShutdownHooks() {}

  /**
   * Sets all delegates. Each is called on the virtual thread that came to the hook.
   *
   * @param add takes a shutdown hook; returns true if the loop will run it, else the JVM will
   * @param remove takes a shutdown hook; returns true if the loop would have run it and no longer
   *     will
   * @param halt takes a status; returns true if the JVM is to live on
   */
  public static void install(Predicate<Thread> add, Predicate<Thread> remove, IntPredicate halt) {
    ShutdownHooks.add = add;
    ShutdownHooks.remove = remove;
    ShutdownHooks.halt = halt;
  }

  /** Returns whether a shutdown hook is registered already. */
  public static boolean addShutdownHook(@Nullable Thread hook) {
    return ask(add, hook);
  }

  /** Returns whether a shutdown hook was registered and no longer is. */
  public static boolean removeShutdownHook(@Nullable Thread hook) {
    return ask(remove, hook);
  }

  private static boolean ask(@Nullable Predicate<Thread> delegate, @Nullable Thread hook) {
    return active
        && delegate != null
        && hook != null
        && Thread.currentThread().isVirtual()
        && delegate.test(hook);
  }

  /** Returns whether the end of the JVM is to be left undone. */
  public static boolean halt(int status) {
    if (active) {
      IntPredicate delegate = halt;
      return delegate != null && Thread.currentThread().isVirtual() && delegate.test(status);
    }
    return false;
  }
}
