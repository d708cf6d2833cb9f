package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The state of a platform thread that a {@link BackedThread} moves or sets. A record for the reason
 * given at {@link Internals}.
 *
 * @param parkBlocker field of a thread
 * @param inheritable field of a thread, a map
 * @param scopedValues field of a thread
 * @param interrupted field of a thread
 * @param probe field of a thread, of {@code ThreadLocalRandom}
 * @param holder {@code (Thread) -> Object}, where a platform thread keeps its status
 * @param status field of a holder, with bits of JVMTI's {@code GetThreadState}
 * @param exit {@code (Thread) -> void}, what the JVM calls when a platform thread ends
 */
record ThreadFields(
    VarHandle parkBlocker,
    VarHandle inheritable,
    VarHandle scopedValues,
    VarHandle interrupted,
    VarHandle probe,
    MethodHandle holder,
    VarHandle status,
    MethodHandle exit) {

  private static final ThreadFields JDK = resolve(piece -> true);

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static ThreadFields resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new ThreadFields(
        jdk.field(Piece.PARK_BLOCKER, Object.class),
        jdk.find(
            Piece.INHERITABLE,
            (lookup, owner) ->
                lookup.unreflectVarHandle(owner.getDeclaredField(Piece.INHERITABLE.member()))),
        jdk.field(Piece.SCOPED_VALUES, Object.class),
        jdk.field(Piece.INTERRUPTED, boolean.class),
        jdk.field(Piece.PROBE, int.class),
        jdk.getter(Piece.THREAD_HOLDER).asType(MethodType.methodType(Object.class, Thread.class)),
        jdk.field(Piece.THREAD_STATUS, int.class),
        jdk.find(
            Piece.THREAD_EXIT,
            (lookup, owner) ->
                lookup.findSpecial(
                    owner, Piece.THREAD_EXIT.member(), MethodType.methodType(void.class), owner)));
  }

  static @Nullable Object parkBlocker(Thread thread) {
    return JDK.parkBlocker.getVolatile(thread);
  }

  static void parkBlocker(Thread thread, @Nullable Object blocker) {
    JDK.parkBlocker.setVolatile(thread, blocker);
  }

  /** Gives {@code heir} the inheritable thread-locals and scoped values of {@code thread}. */
  static void inherit(Thread thread, Thread heir) {
    JDK.inheritable.set(heir, (Object) JDK.inheritable.get(thread));
    JDK.scopedValues.set(heir, (Object) JDK.scopedValues.get(thread));
  }

  /** Whether a thread was interrupted that has not run; it no longer is. */
  static boolean takeInterrupt(Thread thread) {
    return (boolean) JDK.interrupted.getAndSet(thread, false);
  }

  static int exchangeProbe(Thread thread, int probe) {
    return (int) JDK.probe.getAndSet(thread, probe);
  }

  static void status(Thread thread, int status) {
    JDK.status.setVolatile(holder(thread), status);
  }

  /** Where a platform thread keeps its status, and what it runs. */
  static Object holder(Thread thread) {
    try {
      return (Object) JDK.holder.invokeExact(thread);
    } catch (Throwable e) {
      throw new LinkageError("Thread.holder cannot be read", e);
    }
  }

  /** Makes a thread that has ended one that can be started. */
  static void unstarted(Thread thread) {
    parkBlocker(thread, null);
    status(thread, 0);
  }

  /** Ends a platform thread as far as Java code does it. */
  static void exit(Thread thread) {
    try {
      JDK.exit.invokeExact(thread);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("Thread.exit() failed", e);
    }
  }
}
