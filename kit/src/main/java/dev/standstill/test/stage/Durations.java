package dev.standstill.test.stage;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads durations from annotations, and shows them. Any thread may call. */
public final class Durations {

  private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,11}) ?(ns|ms|s|min|h|d)");

  private Durations() {}

  /**
   * Reads a number and a unit; null if {@code text} is empty.
   *
   * @param place where the text stands, for a reader who has mistyped it
   * @throws IllegalArgumentException if {@code text} is no duration
   */
  public static @Nullable Duration parse(String place, String text) {
    if (text.isEmpty()) {
      return null;
    }
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "%s is no duration: write a number above 0 and one of the units ns, ms, s, min, h, d, as in \"30 s\"."
              .formatted(place));
    }
    return Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
  }

  /** Writes a duration in the units that are read. */
  public static String show(Duration duration) {
    return duration.toMillisPart() == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
  }

  private static ChronoUnit unit(String name) {
    return switch (name) {
      case "ns" -> ChronoUnit.NANOS;
      case "ms" -> ChronoUnit.MILLIS;
      case "s" -> ChronoUnit.SECONDS;
      case "min" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      default -> ChronoUnit.DAYS;
    };
  }
}
