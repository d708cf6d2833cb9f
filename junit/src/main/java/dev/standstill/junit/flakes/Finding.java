package dev.standstill.junit.flakes;

import java.util.LinkedHashMap;
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
  Map<String, Object> toFields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("test", name);
    fields.put("verdict", verdict.name().toLowerCase(Locale.ROOT));
    fields.put("schedules", schedules);
    if (explored > 0) {
      fields.put("explored", explored);
    }
    if (way == Way.EXPLORE) {
      fields.put("by", way.name().toLowerCase(Locale.ROOT));
    }
    if (seed != null) {
      fields.put("seed", seed);
    }
    if (!failure.isEmpty()) {
      fields.put("failure", failure);
    }
    if (!token.isEmpty()) {
      fields.put("replay", token);
    }
    fields.put("id", id);
    return fields;
  }

  /**
   * Reads a line of the file.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Finding of(Map<String, Object> fields) {
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

  private static String text(Map<String, Object> fields, String name) {
    if (fields.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("it has no text named \"%s\"".formatted(name));
  }
}
