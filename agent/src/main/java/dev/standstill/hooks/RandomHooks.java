package dev.standstill.hooks;

import java.util.Random;
import java.util.function.LongUnaryOperator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code calls about randomness. The agent defines a copy of this class as {@code
 * java.lang.StandstillRandom}; this original is never called.
 *
 * <p>As in {@link Hooks}, code that has nothing to do with a loop pays one read of a plain static
 * field while no loop was ever opened, and any thread may call.
 */
public final class RandomHooks {

  /** Whether a loop in virtual time was ever opened in this JVM. Set by the loop, after install. */
  public static boolean active;

  private static @Nullable LongUnaryOperator seed;
  private static @Nullable LongUnaryOperator salt;
  private static @Nullable Supplier<@Nullable Random> shared;
  private static @Nullable Predicate<byte[]> fill;
  private static @Nullable LongUnaryOperator unique;

  private RandomHooks() {}

  /**
   * Sets all delegates. Each is called on the virtual thread that came to the hook.
   *
   * @param seed takes the seed that the JDK has for a new generator, returns the one to use
   * @param salt takes the number that orders unmodifiable sets and maps, returns the one to use: 32
   *     bits, not negative
   * @param shared returns what to use for a generator that the JDK shares between threads, or null
   *     to have the JDK's
   * @param fill returns true if it has filled the bytes in place of a secure generator
   * @param unique takes a number of the JDK, returns one that no other program of the machine has
   */
  public static void install(
      LongUnaryOperator seed,
      LongUnaryOperator salt,
      Supplier<@Nullable Random> shared,
      Predicate<byte[]> fill,
      LongUnaryOperator unique) {
    RandomHooks.seed = seed;
    RandomHooks.salt = salt;
    RandomHooks.shared = shared;
    RandomHooks.fill = fill;
    RandomHooks.unique = unique;
  }

  /** Returns the seed of a new generator. */
  public static long seed(long ofJdk) {
    return ask(seed, ofJdk);
  }

  /** Returns the seed of a thread's secondary generator, of which 32 bits are used. */
  public static long salt(long ofJdk) {
    return ask(salt, ofJdk);
  }

  /** Returns whether unmodifiable sets and maps are iterated backwards, which the salt decides. */
  public static boolean isReversed(boolean ofJdk) {
    return active ? (ask(salt, ofJdk ? 0 : 1) & 1) == 0 : ofJdk;
  }

  /**
   * Returns what the JDK mixes into random numbers so that they differ, such as the time or the
   * number of a thread: nothing on a loop.
   */
  public static long mixedIn(long ofJdk) {
    return active && ask(salt, -1) != -1 ? 0 : ofJdk;
  }

  /** Returns the generator to use for one that the JDK shares between threads. */
  public static @Nullable Random shared(@Nullable Random ofJdk) {
    if (active) {
      Supplier<@Nullable Random> delegate = shared;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        Random ofLoop = delegate.get();
        return ofLoop == null ? ofJdk : ofLoop;
      }
    }
    return ofJdk;
  }

  /** Returns whether the bytes are filled and the secure generator is not needed. */
  public static boolean fill(byte[] bytes) {
    if (active) {
      Predicate<byte[]> delegate = fill;
      return delegate != null && Thread.currentThread().isVirtual() && delegate.test(bytes);
    }
    return false;
  }

  /** Returns the bytes of a secure seed. */
  public static byte[] secureSeed(byte[] ofJdk) {
    fill(ofJdk);
    return ofJdk;
  }

  /** Returns a number for what must not be there twice on a machine. */
  public static long unique(long ofJdk) {
    return ask(unique, ofJdk);
  }

  private static long ask(@Nullable LongUnaryOperator delegate, long ofJdk) {
    if (active && delegate != null && Thread.currentThread().isVirtual()) {
      return delegate.applyAsLong(ofJdk);
    }
    return ofJdk;
  }
}
