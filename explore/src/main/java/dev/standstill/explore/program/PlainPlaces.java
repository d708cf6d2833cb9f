package dev.standstill.explore.program;

import dev.standstill.core.ProgramCode;
import java.util.Arrays;
import java.util.Set;

/**
 * Which accesses that order nothing are told, of which there are too many to tell all: none, all of
 * them, or those of the keys that an exploration has learnt. Any thread may call; one exploration
 * at a time.
 *
 * <p>The key of a field is made of its name, and that of any other place of its line, so that it is
 * the same in each JVM that runs the program.
 */
public final class PlainPlaces {

  private static final byte IGNORED = 0;
  private static final byte WATCHED = 1;
  private static final byte POINT = 2;

  /** A key has 24 bits: few of a program's may be in a replay token. */
  private static final int KEY_BITS = 24;

  private static final long MIXING = 0x9E3779B97F4A7C15L;

  private static volatile byte[] told = new byte[1024];

  /** By place; 0 where an access orders others. Set anew after each change, for those who read. */
  private static volatile int[] keys = new int[1024];

  private static int end;
  private static boolean all;
  private static boolean watched;
  private static Set<Integer> points = Set.of();

  private PlainPlaces() {}

  /**
   * An exploration begins.
   *
   * @param allPoints whether tasks may be preempted before each access
   */
  static synchronized void begin(boolean allPoints) {
    all = allPoints;
    watched = false;
    points = Set.of();
    tellAnew();
  }

  /** Sets whether all accesses are told from now on, be they points or not. */
  public static synchronized void watch(boolean watch) {
    if (watched != watch) {
      watched = watch;
      tellAnew();
    }
  }

  /** Sets the keys of those before which tasks may be preempted from now on. */
  public static synchronized void points(Set<Integer> keysOfPoints) {
    if (!points.equals(keysOfPoints)) {
      points = Set.copyOf(keysOfPoints);
      tellAnew();
    }
  }

  /** Whether a task may be preempted at the place of a plain access. */
  public static boolean isPoint(int place) {
    return told[place] == POINT;
  }

  /**
   * The key of a place of a plain access; places with the same one are points together. Never
   * blocks: tasks ask, and those of explorations in other threads may not decide who runs next.
   */
  public static int key(int place) {
    return keys[place];
  }

  static synchronized void add(int place, String name) {
    int[] known = keys;
    if (place >= known.length) {
      int length = Math.max(place + 1, known.length * 2);
      known = Arrays.copyOf(known, length);
      told = Arrays.copyOf(told, length);
    }
    long mixed = name.hashCode() * MIXING;
    known[place] = Math.max(1, (int) (mixed >>> (Long.SIZE - KEY_BITS)));
    keys = known;
    end = Math.max(end, place + 1);
    told[place] = howToTell(place);
    ProgramCode.tellsOfPlain(told);
  }

  private static void tellAnew() {
    byte[] anew = new byte[told.length];
    for (int place = 0; place < end; place++) {
      anew[place] = howToTell(place);
    }
    told = anew;
    ProgramCode.tellsOfPlain(anew);
  }

  private static byte howToTell(int place) {
    int key = keys[place];
    if (key == 0) {
      return IGNORED;
    }
    if (all || points.contains(key)) {
      return POINT;
    }
    return watched ? WATCHED : IGNORED;
  }
}
