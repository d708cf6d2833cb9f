package dev.standstill.test.stage;

import java.util.Locale;
import java.util.stream.Stream;

/** When a timeline of a test is written, as the annotations of all frameworks say it. */
public enum TimelineWish {
  /** As the parameter says, else never. */
  AUTO,
  /** Never. */
  NEVER,
  /** When the test fails. */
  ON_FAILURE,
  /** Whatever becomes of the test. */
  ALWAYS;

  /**
   * Reads the parameter.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static TimelineWish of(String text) {
    return Stream.of(NEVER, ON_FAILURE, ALWAYS)
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "The parameter %s = \"%s\" cannot be read: write never, on_failure or always."
                    .formatted(ParameterNames.TIMELINE, text)));
  }
}
