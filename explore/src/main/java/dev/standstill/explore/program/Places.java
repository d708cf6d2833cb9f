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

  /** To what a task does it. */
  public enum Memory {
    /** A lock, a queue, an atomic or the like: calls of it order what tasks do. */
    SYNCHRONIZER,
    /** A volatile field: accesses to it do so, too. */
    VOLATILE,
    /** A field that is not volatile. */
    FIELD,
    /** An element of an array. */
    ELEMENT,
    /** What an object holds that is not made for threads. */
    CONTENT
  }

  /**
   * A place.
   *
   * @param location the number of what is accessed
   */
  private record Place(Kind kind, Memory memory, int location, Site site, Optimism optimism) {}

  /** Whether reads are optimistic from a place on. */
  private enum Optimism {
    STAYS,
    BEGINS,
    ENDS;

    static Optimism after(Site site) {
      return switch (site.what()) {
        case "StampedLock.tryOptimisticRead" -> BEGINS;
        case "StampedLock.validate",
            "StampedLock.readLock",
            "StampedLock.writeLock",
            "StampedLock.tryConvertToReadLock",
            "StampedLock.tryConvertToWriteLock" ->
            ENDS;
        default -> STAYS;
      };
    }
  }

  private static final Map<Place, Integer> NUMBERS = new HashMap<>();
  private static final Map<String, Integer> NUMBERS_OF_LOCATIONS = new HashMap<>();

  private static volatile Place[] places = new Place[1024];
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
  static synchronized int add(Kind kind, Memory memory, String location, Site site) {
    Place place = new Place(kind, memory, number(location), site, Optimism.after(site));
    return NUMBERS.computeIfAbsent(place, Places::number);
  }

  /** Adds the place of an access that orders nothing, in the same way. */
  static synchronized int addPlain(Kind kind, Memory memory, String location, Site site) {
    int before = size;
    int place = add(kind, memory, location, site);
    if (place == before) {
      PlainPlaces.add(place, memory == Memory.FIELD ? location : line(site));
    }
    return place;
  }

  /** In other JVMs, too, it is the same. */
  private static String line(Site site) {
    return "in %s(%s)".formatted(site.method(), site.where());
  }

  private static int number(String location) {
    return NUMBERS_OF_LOCATIONS.computeIfAbsent(location, key -> NUMBERS_OF_LOCATIONS.size());
  }

  private static int number(Place place) {
    Place[] known = places;
    if (size == known.length) {
      known = Arrays.copyOf(known, size * 2);
    }
    known[size] = place;
    places = known;
    return size++;
  }

  /** Whether the order of two accesses to the same target matters. */
  public static boolean conflict(int one, int other) {
    Place first = places[one];
    Place second = places[other];
    if (first.kind == Kind.READ && second.kind == Kind.READ) {
      return false;
    }
    return first.kind == Kind.OPERATION
        || second.kind == Kind.OPERATION
        || first.memory == Memory.CONTENT && second.memory == Memory.CONTENT
        || first.location == second.location;
  }

  /** The number of what is accessed at a place. */
  public static int location(int place) {
    return places[place].location;
  }

  /** To what something is done at a place. */
  public static Memory memory(int place) {
    return places[place].memory;
  }

  /** Whether something is written there, for sure. */
  public static boolean writes(int place) {
    return places[place].kind == Kind.WRITE;
  }

  /**
   * Whether a task reads optimistically after a place, as with a {@code StampedLock}: others may
   * write meanwhile, and it throws away what it has read then.
   */
  public static boolean isOptimisticAfter(int place, boolean before) {
    return switch (places[place].optimism) {
      case BEGINS -> true;
      case ENDS -> false;
      case STAYS -> before;
    };
  }

  /** Whether a task lets others run there; false also for no place at all, -1. */
  public static boolean isPause(int place) {
    return place >= 0 && places[place].kind == Kind.PAUSE;
  }

  /** Whether nothing is changed there. */
  public static boolean isRead(int place) {
    return places[place].kind == Kind.READ;
  }

  /** Where a place is, and what happens there. */
  public static Site site(int place) {
    return places[place].site;
  }

  /** The same in words. */
  public static String describe(int place) {
    return site(place).toString();
  }
}
