package dev.standstill.hooks;

import java.security.ProtectionDomain;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What rewritten code calls about all that happens only when something is used for the first time
 * in a JVM: classes are loaded and initialised, call sites linked. The agent defines a copy of this
 * class as {@code java.lang.StandstillFirstUse}; this original is never called.
 *
 * <p>Such code draws identity hash codes and random numbers on the thread that happens to come
 * first. What it draws must not change what that thread draws afterwards, else a first run would
 * differ from a second one.
 *
 * <p>As in {@link Hooks}, code that has nothing to do with a loop pays one read of a plain static
 * field while no loop was ever opened, and any thread may call.
 */
public final class FirstUseHooks {

  private static final int HASH_FACTOR = 31;

  /** Whether a loop in virtual time was ever opened in this JVM. Set by the loop, after install. */
  public static boolean active;

  /** Finds the classes that are loaded now. Set by the agent. */
  public static @Nullable Supplier<Class<?>[]> loaded;

  /** Has classes that are loaded already pass through the agent once more. Set by the agent. */
  public static @Nullable Consumer<Class<?>[]> retransform;

  private static @Nullable Consumer<@Nullable String> begin;
  private static @Nullable Runnable end;
  private static @Nullable Consumer<String> needs;
  private static @Nullable Consumer<Class<?>> defined;
  private static @Nullable Consumer<String> loads;
  private static @Nullable Consumer<byte @Nullable []> transformed;

  private FirstUseHooks() {}

  /**
   * Sets all delegates.
   *
   * @param begin takes the name of the class whose initialiser begins, or null for other code; is
   *     called on the virtual thread that runs it
   * @param end called after it on the same thread, however it ended
   * @param needs takes which classes the initialiser that has just begun needs, and which these
   *     need: pairs of names, one on each line
   * @param defined takes each class that a class loader has defined, on whatever thread
   * @param loads takes the name of a class that the JVM loads without a class loader, on whatever
   *     thread needs it; {@code begin} and {@code end} come next
   * @param transformed called next, with the bytes that the class is to have or null if they are
   *     its own; the class is there only some time later
   */
  public static void install(
      Consumer<@Nullable String> begin,
      Runnable end,
      Consumer<String> needs,
      Consumer<Class<?>> defined,
      Consumer<String> loads,
      Consumer<byte @Nullable []> transformed) {
    FirstUseHooks.transformed = transformed;
    FirstUseHooks.loads = loads;
    FirstUseHooks.begin = begin;
    FirstUseHooks.end = end;
    FirstUseHooks.needs = needs;
    FirstUseHooks.defined = defined;
  }

  /** Called before code that runs when something is used for the first time. */
  public static void begin() {
    if (active) {
      Consumer<@Nullable String> delegate = begin;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        delegate.accept(null);
      }
    }
  }

  /** Called before the initialiser of the class of that name. */
  public static void begin(String type) {
    if (active) {
      Consumer<@Nullable String> delegate = begin;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        delegate.accept(type);
      }
    }
  }

  /** Called at the beginning of an initialiser that needs other classes. */
  public static void needs(String pairs) {
    if (active) {
      Consumer<String> delegate = needs;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        delegate.accept(pairs);
      }
    }
  }

  /** Called after code of which {@code begin} was called before. */
  public static void end() {
    if (active) {
      Runnable delegate = end;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        delegate.run();
      }
    }
  }

  /** Called before agents may transform a class. */
  public static void loads(
      @Nullable Module module,
      @Nullable ClassLoader loader,
      @Nullable String type,
      @Nullable Class<?> redefined,
      @Nullable ProtectionDomain domain,
      byte[] classFile,
      boolean retransforming) {
    if (active && loader == null && type != null && redefined == null) {
      Consumer<String> delegate = loads;
      if (delegate != null) {
        delegate.accept(type);
      }
    }
  }

  /** Called after an agent could transform a class. */
  public static void transformed(byte @Nullable [] changed) {
    if (active) {
      Consumer<byte @Nullable []> delegate = transformed;
      if (delegate != null && Thread.currentThread().isVirtual()) {
        delegate.accept(changed);
      }
    }
  }

  /** Called when a class loader has defined a class. */
  public static void defined(ClassLoader loader, Class<?> type, ProtectionDomain domain) {
    if (active) {
      Consumer<Class<?>> delegate = defined;
      if (delegate != null) {
        delegate.accept(type);
      }
    }
  }

  /**
   * Replaces {@link System#identityHashCode} for constants of enums: what one JVM keeps for all its
   * runs has to be the same in all JVMs.
   */
  public static int hashOf(Object constant) {
    Enum<?> one = (Enum<?>) constant;
    int hash = one.getDeclaringClass().getName().hashCode() * HASH_FACTOR + one.name().hashCode();
    return hash == 0 ? 1 : hash;
  }
}
