package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells who holds a {@code ReentrantReadWriteLock} for reading. For threads that do not run. A
 * record for the reason given at {@link Internals}.
 *
 * <p>Read from {@code ReentrantReadWriteLock.Sync}, JDK 25: the first reader stands in the lock;
 * the others have a counter in a thread-local of theirs.
 *
 * @param type what threads park on that wait for such a lock
 * @param firstReader {@code (Object) -> Thread}, null if there is none
 * @param holds {@code (Object) -> ThreadLocal}
 * @param locals {@code (Thread) -> Object}, the thread-locals of a thread, or null
 * @param entry {@code (Object, ThreadLocal) -> Object}, one of them, or null
 * @param value {@code (Object) -> Object}
 * @param count {@code (Object) -> int}
 */
record ReadLocks(
    Class<?> type,
    MethodHandle firstReader,
    MethodHandle holds,
    MethodHandle locals,
    MethodHandle entry,
    MethodHandle value,
    MethodHandle count) {

  private static final ReadLocks JDK = resolve(piece -> true);

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static ReadLocks resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new ReadLocks(
        jdk.find(Piece.FIRST_READER, (lookup, owner) -> owner),
        jdk.getter(Piece.FIRST_READER).asType(MethodType.methodType(Thread.class, Object.class)),
        jdk.getter(Piece.READ_HOLDS).asType(MethodType.methodType(ThreadLocal.class, Object.class)),
        jdk.getter(Piece.THREAD_LOCALS).asType(MethodType.methodType(Object.class, Thread.class)),
        jdk.find(Piece.THREAD_LOCAL, ReadLocks::entry),
        jdk.getter(Piece.THREAD_LOCAL_VALUE).asType(MethodType.genericMethodType(1)),
        jdk.getter(Piece.HOLD_COUNT).asType(MethodType.methodType(int.class, Object.class)));
  }

  private static MethodHandle entry(MethodHandles.Lookup lookup, Class<?> owner)
      throws ReflectiveOperationException {
    return lookup
        .unreflect(owner.getDeclaredMethod("getEntry", ThreadLocal.class))
        .asType(MethodType.methodType(Object.class, Object.class, ThreadLocal.class));
  }

  /** Whether threads park on {@code blocker} that wait for such a lock. */
  static boolean isOne(Object blocker) {
    return JDK.type.isInstance(blocker);
  }

  /** Those of {@code threads} that hold the lock for reading, and the first reader in any case. */
  static List<Thread> holders(Object sync, List<Thread> threads) {
    try {
      List<Thread> holders = new ArrayList<>();
      Thread first = (Thread) JDK.firstReader.invokeExact(sync);
      Thread firstVirtual = first == null ? null : BackedThread.virtual(first);
      if (firstVirtual != null && !threads.contains(firstVirtual)) {
        holders.add(firstVirtual);
      }
      ThreadLocal<?> holds = (ThreadLocal<?>) (ThreadLocal) JDK.holds.invokeExact(sync);
      for (Thread thread : threads) {
        if (thread == firstVirtual || isHeldBy(thread, holds)) {
          holders.add(thread);
        }
      }
      return holders;
    } catch (Throwable e) {
      throw new LinkageError("Who holds a ReentrantReadWriteLock cannot be read", e);
    }
  }

  private static boolean isHeldBy(Thread thread, ThreadLocal<?> holds) throws Throwable {
    Object locals = (Object) JDK.locals.invokeExact(thread);
    Object entry = locals == null ? null : (Object) JDK.entry.invokeExact(locals, holds);
    Object counter = entry == null ? null : (Object) JDK.value.invokeExact(entry);
    return counter != null && isPositive(counter);
  }

  private static boolean isPositive(@Nullable Object counter) throws Throwable {
    return (int) JDK.count.invokeExact(counter) > 0;
  }
}
