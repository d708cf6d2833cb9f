package dev.standstill.jdk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Classes of a program whose initialisers need each other. On a JVM, two threads that are the first
 * to use one each can wait for each other for ever. On a loop they do not, because nothing else
 * runs while a class is initialised; so they are found by who needs whom, whatever comes first.
 *
 * <p>One for the whole JVM, as a class is initialised once. Any thread may call.
 */
public final class InitializerCycles {

  private static final Map<String, Set<String>> NEEDS = new LinkedHashMap<>();
  private static final Set<Set<String>> TOLD = new LinkedHashSet<>();
  private static final List<List<String>> FOUND = new ArrayList<>();

  /** Whether there are some to take, so that loops need not wait for each other to see it. */
  private static volatile boolean any;

  private InitializerCycles() {}

  /**
   * Notes who needs whom, of a class whose initialiser has just begun.
   *
   * @param outer the class whose initialiser has led to this one; null if none has
   * @param pairs of names, one on each line; the class is the first of all
   */
  static void note(@Nullable String outer, String pairs) {
    synchronized (NEEDS) {
      String type = pairs.substring(0, pairs.indexOf(' '));
      if (outer != null && !type.startsWith(outer + "$")) {
        add(outer, type);
      }
      for (int at = 0; at < pairs.length(); ) {
        int space = pairs.indexOf(' ', at);
        int line = pairs.indexOf('\n', at);
        int next = line < 0 ? pairs.length() : line;
        add(pairs.substring(at, space), pairs.substring(space + 1, next));
        at = next + 1;
      }
      find(type);
    }
  }

  private static void add(String one, String other) {
    Set<String> needed = NEEDS.get(one);
    if (needed == null) {
      needed = new LinkedHashSet<>();
      NEEDS.put(one, needed);
    }
    needed.add(other);
  }

  /** Looks for the shortest way from a class back to itself. */
  private static void find(String start) {
    Map<String, String> neededBy = new LinkedHashMap<>();
    Deque<String> next = new ArrayDeque<>();
    next.add(start);
    while (!next.isEmpty()) {
      String current = next.remove();
      for (String needed : NEEDS.getOrDefault(current, Set.of())) {
        if (needed.equals(start)) {
          found(way(start, current, neededBy));
          return;
        }
        if (neededBy.putIfAbsent(needed, current) == null) {
          next.add(needed);
        }
      }
    }
  }

  private static List<String> way(String start, String end, Map<String, String> neededBy) {
    Deque<String> way = new ArrayDeque<>();
    for (String at = end; !at.equals(start); at = neededBy.getOrDefault(at, start)) {
      way.addFirst(at);
    }
    way.addFirst(start);
    return List.copyOf(way);
  }

  private static void found(Collection<String> cycle) {
    if (TOLD.add(new TreeSet<>(cycle))) {
      FOUND.add(List.copyOf(cycle));
      any = true;
    }
  }

  /**
   * The cycles that were found since the last call: each class needs the next, the last the first.
   */
  public static List<List<String>> take() {
    if (!any) {
      return List.of();
    }
    synchronized (NEEDS) {
      List<List<String>> found = List.copyOf(FOUND);
      FOUND.clear();
      any = false;
      return found;
    }
  }

  /** Lets the JVM load and link all that {@link #note} needs. */
  static void useOnce() {
    note("c", "a b\nb c");
    take();
    NEEDS.clear();
    TOLD.clear();
  }
}
