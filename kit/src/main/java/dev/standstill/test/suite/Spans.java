package dev.standstill.test.suite;

import java.time.Duration;
import java.util.Locale;

/** Shows times, as exactly as a reader wants to know them. */
final class Spans {

  private Spans() {}

  /** As in "3 d 4 h", "2 h 5 min", "1 min 30 s", "12.5 s" and "7 ms". */
  static String show(Duration span) {
    if (span.toDays() > 0) {
      return two(span.toDays(), "d", span.toHoursPart(), "h");
    }
    if (span.toHours() > 0) {
      return two(span.toHours(), "h", span.toMinutesPart(), "min");
    }
    if (span.toMinutes() > 0) {
      return two(span.toMinutes(), "min", span.toSecondsPart(), "s");
    }
    if (span.toSeconds() > 0) {
      return String.format(Locale.ROOT, "%.1f s", span.toMillis() / 1e3);
    }
    return span.isZero() ? "0" : span.toMillis() == 0 ? "< 1 ms" : span.toMillis() + " ms";
  }

  private static String two(long large, String unit, int small, String unitOfSmall) {
    return small == 0
        ? large + " " + unit
        : "%d %s %d %s".formatted(large, unit, small, unitOfSmall);
  }
}
