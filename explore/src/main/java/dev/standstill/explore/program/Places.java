package dev.standstill.explore.program;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The places in programs, of this JVM, at which a task tells what it is about to do. They are
 * numbered as classes are changed; the changed code has the numbers in it, so none is ever given to
 * another place. A class that is loaded once more has the same places. Any thread may call.
 */
public final class Places {

  /** What a task does at a place. */
  enum Kind {
    READ,
    WRITE,
    /** An operation of a lock, a queue, an atomic or the like. */
    OPERATION,
    /** The task lets others run. */
    PAUSE
  }

  private record Place(Kind kind, String location, Site site) {}

  private static final Map<Place, Integer> NUMBERS = new HashMap<>();
  private static final Map<String, Integer> NUMBERS_OF_LOCATIONS = new HashMap<>();

  private static volatile Kind[] kinds = new Kind[1024];
  private static volatile int[] locations = new int[1024];
  private static volatile Site[] sites = new Site[1024];
  private static int size;

  private Places() {}

  /**
   * Adds a place.
   *
   * @param location what is accessed: places with the same one touch the same memory, if their
   *     targets are the same
   * @param site where it is in the program, and what happens there
   * @return its number
   */
  static synchronized int add(Kind kind, String location, Site site) {
    return NUMBERS.computeIfAbsent(new Place(kind, location, site), place -> number(place));
  }

  private static int number(Place place) {
    if (size == kinds.length) {
      kinds = Arrays.copyOf(kinds, size * 2);
      locations = Arrays.copyOf(locations, size * 2);
      sites = Arrays.copyOf(sites, size * 2);
    }
    kinds[size] = place.kind;
    locations[size] =
        NUMBERS_OF_LOCATIONS.computeIfAbsent(place.location, key -> NUMBERS_OF_LOCATIONS.size());
    sites[size] = place.site;
    return size++;
  }

  /** Whether the order of two accesses to the same target matters. */
  public static boolean conflict(int one, int other) {
    Kind[] known = kinds;
    Kind first = known[one];
    Kind second = known[other];
    if (first == Kind.READ && second == Kind.READ) {
      return false;
    }
    return first == Kind.OPERATION
        || second == Kind.OPERATION
        || locations[one] == locations[other];
  }

  /** The number of what is accessed at a place. */
  public static int location(int place) {
    return locations[place];
  }

  /** Whether a task lets others run there; false also for no place at all, -1. */
  public static boolean isPause(int place) {
    return place >= 0 && kinds[place] == Kind.PAUSE;
  }

  /** Whether nothing is changed there. */
  public static boolean isRead(int place) {
    return kinds[place] == Kind.READ;
  }

  /** Where a place is, and what happens there. */
  public static Site site(int place) {
    return sites[place];
  }

  /** The same in words. */
  public static String describe(int place) {
    return sites[place].toString();
  }
}
