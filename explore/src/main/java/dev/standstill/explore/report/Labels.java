package dev.standstill.explore.report;

import dev.standstill.explore.program.Site;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How objects are called: by their class, and by a number where there are several of it. Runs no
 * code of the program. For one thread.
 */
final class Labels {

  private static final int LONGEST_TEXT = 20;

  private final Map<Object, Integer> numbers = new IdentityHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Map<String, Integer> targets = new HashMap<>();

  /**
   * @param shared the objects that are spoken of, each once
   */
  Labels(Collection<Object> shared) {
    shared.forEach(target -> targets.merge(type(target), 1, Integer::sum));
  }

  /** Whether there is another one of its class. */
  boolean isOneOfMany(Object target) {
    return targets.getOrDefault(type(target), 0) > 1;
  }

  /** What is used, with a number only if there is another one of its class. */
  String target(Object target) {
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
    String type = type(object);
    int number =
        numbers.computeIfAbsent(object, key -> counts.merge(type, 1, Integer::sum));
    return type + "#" + number;
  }

  private static String type(Object object) {
    if (object instanceof Class<?> type) {
      return Site.simple(type.getName()) + ".class";
    }
    String name = object.getClass().getName();
    int lambda = name.indexOf("$$");
    return lambda > 0 ? Site.simple(name.substring(0, lambda)) + " lambda" : Site.simple(name);
  }
}
