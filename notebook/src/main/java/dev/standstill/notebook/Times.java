package dev.standstill.notebook;

import java.time.Duration;
import java.util.StringJoiner;

/** Shows spans of time. */
final class Times {

  private Times() {}

  /** A span of real time, in the unit that suits it. */
  static String real(Duration time) {
    long millis = time.toMillis();
    return millis < 1_000
        ? millis + " ms"
        : "%d.%d s".formatted(millis / 1_000, millis % 1_000 / 100);
  }

  /** A span of virtual time, exactly. */
  static String virtual(Duration time) {
    StringJoiner text = new StringJoiner(" ");
    addTo(text, time.toDays(), "d");
    addTo(text, time.toHoursPart(), "h");
    addTo(text, time.toMinutesPart(), "min");
    addTo(text, time.toSecondsPart(), "s");
    addTo(text, time.toMillisPart(), "ms");
    addTo(text, time.toNanosPart() % 1_000_000, "ns");
    return text.length() == 0 ? "0 s" : text.toString();
  }

  private static void addTo(StringJoiner text, long count, String unit) {
    if (count > 0) {
      text.add(count + " " + unit);
    }
  }
}
