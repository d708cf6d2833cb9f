package dev.standstill.junit.flakes;

import dev.standstill.test.spi.JsonLine;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a test, and kept from one search for the next. Immutable.
 *
 * @param id how JUnit calls the test
 * @param name what people call it
 * @param schedules under how many seeds it has passed, the first of which is 0
 * @param explored how many schedules have been explored under which it has passed
 * @param way how it was found to fail
 * @param seed the seed under which it fails, or of the exploration; null if there is none
 * @param failure how it fails, in one line; empty if it does not
 * @param token what repeats the failing run, with the name of the test; empty if nothing does
 */
record Finding(
    String id,
    String name,
    Verdict verdict,
    long schedules,
    long explored,
    Way way,
    @Nullable Long seed,
    String failure,
    String token) {

  /** Nothing is known yet but that it passes first in, first out. */
  static Finding fresh(String id, String name) {
    return new Finding(id, name, Verdict.PASSES, 0, 0, Way.SEEDS, null, "", "");
  }

  /** Under how many schedules it has passed. */
  long done(Way by) {
    return by == Way.SEEDS ? schedules : explored;
  }

  /** So many schedules more have passed. */
  Finding passed(Way by, long more) {
    return new Finding(
        id,
        name,
        verdict,
        by == Way.SEEDS ? schedules + more : schedules,
        by == Way.EXPLORE ? explored + more : explored,
        way,
        seed,
        failure,
        token);
  }

  /** The same test, of which nothing bad is known. */
  Finding cleared() {
    return new Finding(id, name, Verdict.PASSES, schedules, explored, Way.SEEDS, null, "", "");
  }

  Finding failed(Verdict as, Way by, @Nullable Long under, Failure how) {
    return new Finding(id, name, as, schedules, explored, by, under, how.message(), how.token());
  }

  /** As a line of the file. */
  JsonLine toJson() {
    JsonLine line =
        new JsonLine()
            .text("test", name)
            .text("verdict", verdict.name().toLowerCase(Locale.ROOT))
            .number("schedules", schedules)
            .numberIfAny("explored", explored);
    if (way == Way.EXPLORE) {
      line.text("by", way.name().toLowerCase(Locale.ROOT));
    }
    if (seed != null) {
      line.number("seed", seed);
    }
    return line.textIfAny("failure", failure).textIfAny("replay", token).text("id", id);
  }

  /**
   * Reads a line of the file.
   *
   * @throws IllegalArgumentException if it is none; the message is the end of a sentence
   */
  static Finding of(Map<String, @Nullable Object> fields) {
    return new Finding(
        text(fields, "id"),
        text(fields, "test"),
        Verdict.valueOf(text(fields, "verdict").toUpperCase(Locale.ROOT)),
        fields.get("schedules") instanceof Long number ? number : 0,
        fields.get("explored") instanceof Long number ? number : 0,
        "explore".equals(fields.get("by")) ? Way.EXPLORE : Way.SEEDS,
        fields.get("seed") instanceof Long number ? number : null,
        fields.get("failure") instanceof String text ? text : "",
        fields.get("replay") instanceof String text ? text : "");
  }

  private static String text(Map<String, @Nullable Object> fields, String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("has no text named \"%s\"".formatted(name));
  }
}
