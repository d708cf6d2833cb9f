package dev.standstill.hooks;

import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code of libraries calls. The agent defines a copy of this class as {@code
 * java.lang.StandstillLibraries}; this original is never called.
 *
 * <p>A library may keep threads, and what they work on, in objects of which there is one for the
 * whole JVM. Each loop in virtual time has objects of its own in their place, so that what its
 * tasks hand over runs on the loop, and ends with it.
 *
 * <p>As in {@link Hooks}, code that has nothing to do with a loop pays one read of a plain static
 * field, or a look at the kind of its thread, and any thread may call.
 */
public final class LibraryHooks {

  /** Whether a loop in virtual time was ever opened in this JVM. Set by the loop, after install. */
  public static boolean active;

  private static @Nullable UnaryOperator<Object> ofLoop;
  private static @Nullable UnaryOperator<@Nullable Object> ownThread;
  private static @Nullable BiPredicate<Object, @Nullable Object> keepsThread;
  private static @Nullable Consumer<Object> begins;
  private static @Nullable Consumer<Object> suspends;
  private static @Nullable Consumer<Object> resumes;

  private LibraryHooks() {}

  /**
   * Sets all delegates.
   *
   * @param ofLoop takes an object of which a library has one, returns the one that the current
   *     virtual thread shall use
   * @param ownThread takes such an object of a loop, returns an array with the thread that it keeps
   *     in a static field, else null
   * @param keepsThread takes such an object and what it is about to put into that field; returns
   *     true if it has kept it
   * @param begins takes what a coroutine is completed by, before that starts
   * @param suspends takes the innermost frame of a coroutine that is about to be suspended
   * @param resumes takes a frame of a coroutine that goes on
   */
  public static void install(
      UnaryOperator<Object> ofLoop,
      UnaryOperator<@Nullable Object> ownThread,
      BiPredicate<Object, @Nullable Object> keepsThread,
      Consumer<Object> begins,
      Consumer<Object> suspends,
      Consumer<Object> resumes) {
    LibraryHooks.ofLoop = ofLoop;
    LibraryHooks.ownThread = ownThread;
    LibraryHooks.keepsThread = keepsThread;
    LibraryHooks.begins = begins;
    LibraryHooks.suspends = suspends;
    LibraryHooks.resumes = resumes;
  }

  private static boolean isOnLoop() {
    return active && Thread.currentThread().isVirtual();
  }

  /** Returns the object that the current thread shall use in place of one of a library. */
  public static Object ofLoop(Object object) {
    UnaryOperator<Object> delegate = ofLoop;
    return isOnLoop() && delegate != null ? delegate.apply(object) : object;
  }

  /**
   * Returns the thread of an object.
   *
   * @param thread what the static field has that all objects of its class share
   * @param object the object, perhaps of a loop
   */
  public static @Nullable Thread ownThread(@Nullable Thread thread, Object object) {
    UnaryOperator<@Nullable Object> delegate = ownThread;
    if (isOnLoop() && delegate != null && delegate.apply(object) instanceof Thread[] own) {
      return own[0];
    }
    return thread;
  }

  /** Returns whether an object of a loop has kept its thread, and the static field shall not. */
  public static boolean keepsThread(@Nullable Thread thread, Object object) {
    BiPredicate<Object, @Nullable Object> delegate = keepsThread;
    return isOnLoop() && delegate != null && delegate.test(object, thread);
  }

  /** Called before a coroutine starts, with what it is completed by. */
  public static void begins(Object completion) {
    tell(begins, completion);
  }

  /** Called before a coroutine is suspended, with its innermost frame. */
  public static void suspends(Object frame) {
    tell(suspends, frame);
  }

  /** Called before a frame of a coroutine goes on. */
  public static void resumes(Object frame) {
    tell(resumes, frame);
  }

  private static void tell(@Nullable Consumer<Object> delegate, @Nullable Object what) {
    if (isOnLoop() && delegate != null && what != null) {
      delegate.accept(what);
    }
  }
}
