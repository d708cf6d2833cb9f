package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.function.Predicate;

/**
 * The generator from which HotSpot draws the identity hash codes of objects that a platform thread,
 * or a virtual thread on it, is the first to ask for one.
 *
 * <p>Read from HotSpot's {@code thread.cpp} and {@code synchronizer.cpp}, JDK 25: four words in the
 * native thread, a xorshift generator (G. Marsaglia, "Xorshift RNGs", 2003). Three of them start
 * with the same numbers in every thread, which is how they are found; no symbol tells where they
 * are. A JVM in which they are not found keeps its own hash codes.
 *
 * @param getInt {@code (long) -> int}, reads memory
 * @param putInt {@code (long, int) -> void}
 * @param nativeThread field of a thread, the address of the native one
 */
record HashState(MethodHandle getInt, MethodHandle putInt, VarHandle nativeThread) {

  /** How many words there are, in the order w, x, y, z. */
  static final int WORDS = 4;

  /** Hash codes have 31 bits of a word. */
  private static final int HASH_BITS = Integer.MAX_VALUE;

  /** A native thread is larger than this, so that nothing beyond it is read. */
  private static final int SEARCHED_BYTES = 1536;

  private static final int NOT_FOUND = -1;

  /** More hash codes than a slice draws between two looks at what it has drawn. */
  private static final int NEAR = 256;

  private static final HashState JDK = resolve(piece -> true);
  private static final int OFFSET = find();

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static HashState resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new HashState(
        jdk.unsafe(Piece.UNSAFE, "getInt", MethodType.methodType(int.class, long.class)),
        jdk.unsafe(
            Piece.UNSAFE, "putInt", MethodType.methodType(void.class, long.class, int.class)),
        jdk.field(Piece.NATIVE_THREAD, long.class));
  }

  /** Exchanges the words of the calling platform thread with those in {@code words}. */
  static void exchange(Thread carrier, int[] words) {
    if (OFFSET != NOT_FOUND) {
      long address = JDK.address(carrier);
      for (int i = 0; i < WORDS; i++) {
        int before = JDK.read(address + (long) i * Integer.BYTES);
        JDK.write(address + (long) i * Integer.BYTES, words[i]);
        words[i] = before;
      }
    }
  }

  /** Lets the calling platform thread, or a virtual thread on it, draw from there on. */
  static void start(Thread carrier, long first, long second) {
    if (OFFSET != NOT_FOUND) {
      long address = JDK.address(carrier);
      JDK.write(address, (int) first | 1);
      JDK.write(address + Integer.BYTES, (int) (first >>> Integer.SIZE));
      JDK.write(address + 2 * Integer.BYTES, (int) second);
      JDK.write(address + 3 * Integer.BYTES, (int) (second >>> Integer.SIZE));
    }
  }

  /** Undoes what the drawing of one hash code did to the words of the calling platform thread. */
  static void stepBack(Thread carrier) {
    int[] words = new int[WORDS];
    exchange(carrier, words);
    stepBack(words);
    exchange(carrier, words);
  }

  /**
   * Whether a hash code comes from the sequence in which the calling platform thread is, and from
   * not far away.
   */
  static boolean isNear(Thread carrier, int hash) {
    int[] words = new int[WORDS];
    int[] near = new int[WORDS];
    exchange(carrier, words);
    System.arraycopy(words, 0, near, 0, WORDS);
    exchange(carrier, words);
    for (int steps = 0; steps < NEAR; steps++) {
      stepBack(near);
    }
    for (int steps = 0; steps < 2 * NEAR; steps++) {
      step(near);
      if (isHash(hash, near[0])) {
        return true;
      }
    }
    return false;
  }

  private static void step(int[] words) {
    int w = words[0];
    int t = words[1] ^ (words[1] << 11);
    words[1] = words[2];
    words[2] = words[3];
    words[3] = w;
    words[0] = w ^ (w >>> 19) ^ t ^ (t >>> 8);
  }

  private static void stepBack(int[] words) {
    int last = words[0];
    int w = words[3];
    int u = last ^ w ^ (w >>> 19);
    int t = u ^ (u >>> 8) ^ (u >>> 16) ^ (u >>> 24);
    words[0] = w;
    words[3] = words[2];
    words[2] = words[1];
    words[1] = t ^ (t << 11) ^ (t << 22);
  }

  private long address(Thread thread) {
    return (long) nativeThread.getVolatile(thread) + OFFSET;
  }

  private static int find() {
    // The JVM compiles how it reads after some reads, which draws hash codes, too.
    JDK.wordsOfCarrier();
    int y = System.identityHashCode(new Object());
    int z = System.identityHashCode(new Object());
    int w = System.identityHashCode(new Object());
    int[] words = JDK.wordsOfCarrier();
    for (int i = 0; i + WORDS <= words.length; i++) {
      if (isHash(w, words[i]) && isHash(y, words[i + 2]) && isHash(z, words[i + 3])) {
        return i * Integer.BYTES;
      }
    }
    return NOT_FOUND;
  }

  private int[] wordsOfCarrier() {
    long address = (long) nativeThread.getVolatile(VirtualThreads.currentCarrier());
    int[] words = new int[SEARCHED_BYTES / Integer.BYTES];
    for (int i = 0; i < words.length; i++) {
      words[i] = read(address + (long) i * Integer.BYTES);
    }
    return words;
  }

  private static boolean isHash(int hash, int word) {
    return (word & HASH_BITS) == hash;
  }

  private int read(long address) {
    try {
      return (int) getInt.invokeExact(address);
    } catch (Throwable e) {
      throw new LinkageError("Unsafe.getInt failed", e);
    }
  }

  private void write(long address, int value) {
    try {
      putInt.invokeExact(address, value);
    } catch (Throwable e) {
      throw new LinkageError("Unsafe.putInt failed", e);
    }
  }
}
