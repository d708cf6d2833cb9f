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
 * What calls do to what objects of the JDK hold that are not made for threads: a table. Only what
 * is sure is in it, of these very classes: one that extends them may have locks. Immutable.
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
              + "remove|removeIf|computeIfPresent|replaceAll|sort");

  private static final Pattern WRITES =
      Pattern.compile(
          "add|addFirst|addLast|put|putFirst|putLast|merge|offer|offerFirst|offerLast|push|set|"
              + "append|insert|format|parse|flip|setTime|setLength|setCharAt|setTimeInMillis|roll");

  /** These write what is not there yet. */
  private static final Pattern FILLS = Pattern.compile("putIfAbsent|computeIfAbsent|compute");

  /** These take out what is there. */
  private static final Pattern EMPTIES =
      Pattern.compile(
          "poll|pollFirst|pollLast|pop|removeFirst|removeLast|pollFirstEntry|pollLastEntry|clear");

  private Contents() {}

  /** What a call does. */
  enum Effect {
    /** Nothing of which it is sure that it races. */
    NONE,
    READS,
    WRITES
  }

  /**
   * What a call would do just now.
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
    boolean writes =
        WRITES.matcher(call).matches()
            || FILLS.matcher(call).matches() && isEmpty(target)
            || EMPTIES.matcher(call).matches() && !isEmpty(target);
    if (writes) {
      return Effect.WRITES;
    }
    boolean looks = FILLS.matcher(call).matches() || EMPTIES.matcher(call).matches();
    return looks ? Effect.READS : Effect.NONE;
  }

  private static boolean isEmpty(Object target) {
    return target instanceof Map<?, ?> map
        ? map.isEmpty()
        : !(target instanceof Collection<?> collection) || collection.isEmpty();
  }
}
