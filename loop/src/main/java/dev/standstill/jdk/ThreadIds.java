package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.BitSet;
import java.util.function.Predicate;

/**
 * A range of ids for the threads of one loop.
 *
 * <p>An id has to be unique among the running threads of a JVM, since HotSpot notes by it who owns
 * a monitor (JDK 25, {@code ObjectMonitor}), and a virtual thread's hash code is the lower half of
 * it (JDK 25, {@code VirtualThread.hashCode}). So loops that live at the same time have different
 * ranges, which begin where the JVM's own numbers do not come, and all ranges have the same lower
 * halves.
 */
final class ThreadIds {

  /** The size of a range, so large that its beginning is a number with the lower half 0. */
  private static final long SIZE = 1L << 40;

  private static final BitSet IN_USE = new BitSet();
  private static final Access JDK = resolve(piece -> true);

  private final int range;
  private boolean released;

  /**
   * @param offset where a thread keeps its id
   * @param putLong {@code (Object, long, long) -> void}, writes a field, even a final one
   */
  record Access(long offset, MethodHandle putLong) {}

  private ThreadIds(int range) {
    this.range = range;
  }

  /** Looks up what sets them; {@code present} is described at {@link JdkLookup}. */
  static Access resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    jdk.field(Piece.THREAD_ID, long.class);
    MethodHandle offset =
        jdk.unsafe(
            Piece.UNSAFE,
            "objectFieldOffset",
            MethodType.methodType(long.class, Class.class, String.class));
    MethodHandle putLong =
        jdk.unsafe(
            Piece.UNSAFE,
            "putLong",
            MethodType.methodType(void.class, Object.class, long.class, long.class));
    try {
      return new Access((long) offset.invokeExact(Thread.class, Piece.THREAD_ID.member()), putLong);
    } catch (Throwable e) {
      throw new LinkageError("Unsafe.objectFieldOffset failed", e);
    }
  }

  /** The first range that no loop uses. */
  static ThreadIds acquire() {
    synchronized (IN_USE) {
      int range = IN_USE.nextClearBit(0);
      IN_USE.set(range);
      return new ThreadIds(range);
    }
  }

  /** The number before the first of the range. */
  long first() {
    return (range + 1) * SIZE;
  }

  /** Gives the range back; no thread with a number of it will run again. */
  void release() {
    synchronized (IN_USE) {
      if (!released) {
        released = true;
        IN_USE.clear(range);
      }
    }
  }

  static void set(Thread unstarted, long id) {
    try {
      JDK.putLong.invokeExact((Object) unstarted, JDK.offset, id);
    } catch (Throwable e) {
      throw new LinkageError("Unsafe.putLong failed", e);
    }
  }
}
