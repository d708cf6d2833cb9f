package dev.standstill.explore.race;

import java.text.DecimalFormat;
import java.text.SimpleDateFormat;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What calls do to what objects of the JDK hold that are not made for threads: a table. Of these
 * very classes: one that extends them may have locks. Immutable.
 *
 * <p>What a call of a collection does depends on what it holds: {@code put} writes another value
 * beside those that others read, or builds the table anew. So whether it has changed the collection
 * shows when it has returned, by its size.
 */
final class Contents {

  private static final Set<Class<?>> NOT_FOR_THREADS =
      Set.of(
          ArrayList.class,
          LinkedList.class,
          ArrayDeque.class,
          PriorityQueue.class,
          HashMap.class,
          LinkedHashMap.class,
          TreeMap.class,
          IdentityHashMap.class,
          HashSet.class,
          LinkedHashSet.class,
          TreeSet.class,
          BitSet.class,
          StringBuilder.class,
          SimpleDateFormat.class,
          DecimalFormat.class,
          GregorianCalendar.class,
          Date.class);

  private static final Pattern READS =
      Pattern.compile(
          "get|getOrDefault|getFirst|getLast|contains|containsKey|containsValue|size|isEmpty|"
              + "peek|peekFirst|peekLast|element|first|last|firstKey|lastKey|firstEntry|lastEntry|"
              + "(floor|ceiling|higher|lower)(Key|Entry)?|iterator|listIterator|forEach|toArray|"
              + "indexOf|lastIndexOf|length|charAt|substring|cardinality|(next|previous)(Set|Clear)Bit|"
              + "getTime|getTimeInMillis");

  /** They write if there is no size that tells. */
  private static final Pattern WRITES =
      Pattern.compile("set|flip|setTime|setTimeInMillis|roll|format|parse");

  /** They change the size, or do not. */
  private static final Pattern RESIZES =
      Pattern.compile(
          "add|addFirst|addLast|put|putFirst|putLast|putIfAbsent|merge|compute|computeIfAbsent|"
              + "computeIfPresent|offer|offerFirst|offerLast|push|pop|append|insert|clear|"
              + "remove|removeFirst|removeLast|removeIf|poll(First|Last)?(Entry)?");

  /** The size of what has none. */
  static final int NONE = -1;

  private Contents() {}

  /** What a call does. */
  enum Effect {
    /** Nothing of which it is sure that it races. */
    NONE,
    READS,
    /** What it does shows by the size, and it reads in any case. */
    RESIZES,
    WRITES
  }

  /**
   * What a call does.
   *
   * @param call the name of the method
   */
  static Effect of(Object target, String call) {
    if (!NOT_FOR_THREADS.contains(target.getClass())) {
      return Effect.NONE;
    }
    if (READS.matcher(call).matches()) {
      return Effect.READS;
    }
    if (size(target) == NONE) {
      return WRITES.matcher(call).matches() ? Effect.WRITES : Effect.NONE;
    }
    return RESIZES.matcher(call).matches() ? Effect.RESIZES : Effect.NONE;
  }

  /** How much an object holds, or NONE. */
  static int size(Object target) {
    return switch (target) {
      case Map<?, ?> map -> map.size();
      case Collection<?> collection -> collection.size();
      case StringBuilder text -> text.length();
      default -> NONE;
    };
  }
}
