package dev.standstill.core;

import java.util.List;

/**
 * Something that the outside world may do, and does once in so many times. Immutable.
 *
 * @param oneIn 1 or more
 * @param what the same for all that are told apart by when they happen only: a part of a sentence,
 *     with a place for each of what it is about, as for {@link String#format}
 * @param about shown as they are when the run is over
 */
public record Chance(int oneIn, String what, List<Object> about) {

  /** A chance in words. */
  public static Chance of(int oneIn, String what, Object... about) {
    return new Chance(oneIn, what, List.of(about));
  }

  /** What happens, as a part of a sentence. */
  public String words() {
    return what.formatted(about.toArray());
  }
}
