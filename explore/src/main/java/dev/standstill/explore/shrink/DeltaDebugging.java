package dev.standstill.explore.shrink;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a list what a property of it does not need: <em>ddmin</em> (A. Zeller, R.
 * Hildebrandt, "Simplifying and isolating failure-inducing input", IEEE TSE 28(2), 2002). Unlike
 * there, a test that passes may say that even fewer elements were of use.
 *
 * @param <T> the elements
 */
final class DeltaDebugging<T> {

  private final Function<List<T>, @Nullable List<T>> test;
  private final BooleanSupplier stop;

  /**
   * @param test returns those elements of a list that were of use if it has the property, else null
   * @param stop true when it is time to stop
   */
  DeltaDebugging(Function<List<T>, @Nullable List<T>> test, BooleanSupplier stop) {
    this.test = test;
    this.stop = stop;
  }

  /** Returns a list of which no part of equal size, and then no element, can be taken out. */
  List<T> minimize(List<T> given) {
    List<T> elements = given;
    int parts = 2;
    while (elements.size() >= 2 && !stop.getAsBoolean()) {
      List<T> smaller = reduce(elements, parts);
      if (smaller != null) {
        parts = smaller.size() < elements.size() / 2 ? 2 : Math.max(parts - 1, 2);
        elements = smaller;
      } else if (parts < elements.size()) {
        parts = Math.min(parts * 2, elements.size());
      } else {
        break;
      }
    }
    return elements;
  }

  /** One part, or all but one; null if none of these has the property. */
  private @Nullable List<T> reduce(List<T> elements, int parts) {
    List<T> smaller = firstOf(parts, part -> part(elements, parts, part));
    return smaller != null || parts == 2
        ? smaller
        : firstOf(parts, part -> rest(elements, parts, part));
  }

  private @Nullable List<T> firstOf(int parts, IntFunction<List<T>> lists) {
    for (int part = 0; part < parts && !stop.getAsBoolean(); part++) {
      List<T> smaller = test.apply(lists.apply(part));
      if (smaller != null) {
        return smaller;
      }
    }
    return null;
  }

  private static <T> List<T> part(List<T> elements, int parts, int part) {
    return elements.subList(start(elements, parts, part), start(elements, parts, part + 1));
  }

  private static <T> List<T> rest(List<T> elements, int parts, int part) {
    return without(elements, start(elements, parts, part), start(elements, parts, part + 1));
  }

  private static int start(List<?> elements, int parts, int part) {
    return (int) ((long) elements.size() * part / parts);
  }

  /** The elements but those from {@code from} to before {@code to}. */
  static <T> List<T> without(List<T> elements, int from, int to) {
    List<T> rest = new ArrayList<>(elements.subList(0, from));
    rest.addAll(elements.subList(to, elements.size()));
    return rest;
  }
}
