package dev.standstill.jdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Gives classes identity hash codes that depend on their names only, so that they are the same in
 * each run and each JVM.
 *
 * <p>Read from HotSpot's {@code Verifier::verify}, JDK 25: a class gets its hash code at the latest
 * when it is linked, from the generator of the thread that links it. A class of a class loader is
 * met before that, when it is defined. Of a class of the boot loader nothing is heard between the
 * moment when its bytes are offered to agents and its linking, which most often is the next that
 * happens; unless it brings along a hash code from the JVM's archive. So the generator is set back
 * by one step, of which the linking makes up; what turns out otherwise is set right at the next
 * opportunity. Loop-confined but for the static methods.
 */
final class ClassHashes {

  /** A class that the boot loader was about to load. */
  private static final class Loading {

    final String type;

    /** Whether the generator was set back for it. */
    boolean draws;

    Loading(String type) {
      this.type = type;
    }
  }

  private static final Set<String> ARCHIVED = archived();

  /** The names of classes that were loaded outside of all loops and may not be linked yet. */
  private static final Queue<String> ELSEWHERE = new ConcurrentLinkedQueue<>();

  private final List<Loading> loading = new ArrayList<>();

  /**
   * The internal names of the classes that the JVM takes out of its archive (class-data sharing),
   * hash codes included. Which they are stands in a file of the JDK.
   */
  private static Set<String> archived() {
    Path list = Path.of(System.getProperty("java.home"), "lib", "classlist");
    if (!System.getProperty("java.vm.info").contains("sharing") || !Files.isReadable(list)) {
      return Set.of();
    }
    try {
      return Set.copyOf(Files.readAllLines(list));
    } catch (IOException e) {
      return Set.of();
    }
  }

  /** Gives a class its hash code if it has none yet. Any thread may call. */
  static void assign(Class<?> type) {
    hasOwnOrGets(type);
  }

  /** Whether a class has the hash code of its name, or gets it now. */
  private static boolean hasOwnOrGets(Class<?> type) {
    Thread carrier = VirtualThreads.currentCarrier();
    int[] words = new int[HashState.WORDS];
    HashState.exchange(carrier, words);
    long stream = RandomStream.mix(type.getName().hashCode());
    long next = RandomStream.mix(stream);
    HashState.start(carrier, stream, next);
    int own = System.identityHashCode(new Object());
    HashState.start(carrier, stream, next);
    boolean has = System.identityHashCode(type) == own;
    HashState.exchange(carrier, words);
    return has;
  }

  /**
   * The boot loader is about to load a class.
   *
   * @param changed whether an agent has changed it, so that it does not come from the archive
   * @param inSlice whether it is the slice whose hash codes are drawn now
   */
  void loads(String type, boolean changed, boolean inSlice) {
    Loading one = find(type);
    if (!one.draws && inSlice && (changed || !ARCHIVED.contains(type))) {
      one.draws = true;
      HashState.stepBack(VirtualThreads.currentCarrier());
    }
  }

  /** Each agent tells of a class. */
  private Loading find(String type) {
    for (Loading other : loading) {
      if (other.type.equals(type)) {
        return other;
      }
    }
    Loading one = new Loading(type);
    loading.add(one);
    return one;
  }

  /**
   * Finds out which of the classes were linked, and sets the generator right; not to be called
   * while one is being loaded.
   */
  void settle() {
    int missed = 0;
    while (!loading.isEmpty()) {
      Loading one = loading.removeLast();
      boolean drawn = hasDrawn(one.type);
      if (one.draws != drawn) {
        missed += one.draws ? 1 : -1;
      }
    }
    for (; missed > 0; missed--) {
      System.identityHashCode(new Object());
    }
    for (; missed < 0; missed++) {
      HashState.stepBack(VirtualThreads.currentCarrier());
    }
  }

  /** A thread of no loop is about to load a class. Any thread may call. */
  static void loadsElsewhere(String type) {
    ELSEWHERE.add(type);
  }

  /** Gives all classes their hash codes; between two slices, where the generator starts anew. */
  void assignAll() {
    while (!loading.isEmpty()) {
      hasDrawn(loading.removeLast().type);
    }
    for (String type = ELSEWHERE.poll(); type != null; type = ELSEWHERE.poll()) {
      hasDrawn(type);
    }
  }

  private static boolean hasDrawn(String name) {
    try {
      Class<?> type = Class.forName(name.replace('/', '.'), false, null);
      return !hasOwnOrGets(type)
          && HashState.isNear(VirtualThreads.currentCarrier(), System.identityHashCode(type));
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
