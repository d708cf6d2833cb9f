package dev.standstill.explore.report;

import dev.standstill.explore.program.Site;
import dev.standstill.explore.search.Story.Step;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How objects are called: as in the program, or by their class, with a number where there are
 * several of it. Runs no code of the program. For one thread.
 */
final class Labels {

  private static final int LONGEST_TEXT = 20;

  private final Map<Object, Integer> numbers = new IdentityHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Integer> targets = new HashMap<>();

  /** What the program calls them, if that tells one from all others. */
  private final Map<Object, String> names;

  /** Those whose numbers are in the message of the failure. */
  private final Set<Object> numberedBefore = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param shared the objects that are spoken of, each once
   * @param steps how they are used
   */
  Labels(Collection<Object> shared, List<Step> steps) {
    shared.forEach(target -> targets.merge(type(target), 1, Integer::sum));
    names = names(steps);
  }

  private static Map<Object, String> names(List<Step> steps) {
    Map<Object, String> names = new IdentityHashMap<>();
    Set<Object> severalNames = Collections.newSetFromMap(new IdentityHashMap<>());
    Map<String, Object> objects = new HashMap<>();
    Set<String> severalObjects = new HashSet<>();
    for (Step step : steps) {
      Object target = step.target();
      String name = step.site().object();
      if (target == null || name.isEmpty()) {
        continue;
      }
      if (!names.computeIfAbsent(target, key -> name).equals(name)) {
        severalNames.add(target);
      }
      if (objects.computeIfAbsent(name, key -> target) != target) {
        severalObjects.add(name);
      }
    }
    names.keySet().removeAll(severalNames);
    names.values().removeAll(severalObjects);
    return names;
  }

  /** Gives an object the next number if it is of the class of another one. */
  void number(Object target, Object other) {
    if (type(target).equals(type(other))) {
      numbered(target);
      numberedBefore.add(target);
    }
  }

  /** Whether there is another one of its class. */
  boolean isOneOfMany(Object target) {
    return targets.getOrDefault(type(target), 0) > 1;
  }

  /**
   * What is used: by its name if it has one; else by its class, with a number only if there is
   * another one of that.
   */
  String target(Object target) {
    String name = numberedBefore.contains(target) ? null : names.get(target);
    if (name != null) {
      return name;
    }
    return isOneOfMany(target) ? numbered(target) : type(target);
  }

  /** What is in a field. */
  String value(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Number number when isOfJdk(number) -> number.toString();
      case Boolean flag -> flag.toString();
      case Character letter -> "'" + letter + "'";
      case Enum<?> constant -> constant.name();
      case String text -> '"' + cut(text) + '"';
      default -> numbered(value);
    };
  }

  private static boolean isOfJdk(Object value) {
    return value.getClass().getName().startsWith("java.");
  }

  private static String cut(String text) {
    String oneLine = text.replace('\n', ' ').replace('\r', ' ');
    return oneLine.length() <= LONGEST_TEXT ? oneLine : oneLine.substring(0, LONGEST_TEXT) + "…";
  }

  private String numbered(Object object) {
    if (object instanceof Thread thread) {
      return thread.getName();
    }
    String type = type(object);
    int number = numbers.computeIfAbsent(object, key -> counts.merge(type, 1, Integer::sum));
    return type + "#" + number;
  }

  private static String type(Object object) {
    if (object instanceof Class<?> type) {
      return innermost(type.getName()) + ".class";
    }
    String name = object.getClass().getName();
    if (name.startsWith("java.")) { // what is nested there is of no interest
      return innermost(name.split("\\$", 2)[0]);
    }
    int lambda = name.indexOf("$$");
    return lambda > 0 ? innermost(name.substring(0, lambda)) + " lambda" : innermost(name);
  }

  /** The name of a class without those around it, if it has one. */
  private static String innermost(String type) {
    String name = type.substring(type.lastIndexOf('$') + 1);
    return Character.isDigit(name.charAt(0)) ? Site.simple(type) : Site.simple(name);
  }
}
