package dev.standstill.core;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * Something that the outside world may do, and does now and then, in one of several ways perhaps.
 * Immutable.
 *
 * @param cases how many there are, all equally likely
 * @param ways in how many of them it happens, each time in another way; 1 or more
 * @param what the same for all that are told apart by when they happen only: a part of a sentence,
 *     with a place for each of what it is about, as for {@link String#format}
 * @param about what it is about when it happens in such a way, from 1
 */
public record Chance(int cases, int ways, String what, IntFunction<List<Object>> about) {

  /** What happens once in so many times, in one way only. */
  public static Chance of(int oneIn, String what, Object... about) {
    List<Object> always = List.of(about);
    return new Chance(oneIn, 1, what, way -> always);
  }

  /** One of so many values, of which 0 means that nothing happens. */
  public static Chance ofValues(int values, String what, IntFunction<List<Object>> about) {
    return new Chance(values, values - 1, what, about);
  }

  /** Draws the way in which it happens, from 1; 0 if it does not. */
  public int draw(SplittableRandom random) {
    int drawn = random.nextInt(cases);
    return drawn < ways ? drawn + 1 : 0;
  }

  /** What has happened in such a way, as a part of a sentence. */
  public String words(int way) {
    return what.formatted(about.apply(way).toArray());
  }
}
