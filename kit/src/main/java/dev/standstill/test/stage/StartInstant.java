package dev.standstill.test.stage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads when virtual time starts. Any thread may call. */
public final class StartInstant {

  /** Means {@link #now}. */
  public static final String NOW = "now";

  private StartInstant() {}

  /**
   * The time of the machine, which is also that of a database, in whole seconds: what a database
   * keeps of an instant, be it milliseconds or seconds, is then all of it, and its own {@code
   * now()} is never before.
   */
  public static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Reads it as {@link #read} does; null if {@code text} is empty. */
  public static @Nullable Instant parse(String place, String text) {
    return text.isEmpty() ? null : read(place, text);
  }

  /**
   * Reads an instant, a date, which means its midnight in UTC, or {@value #NOW}.
   *
   * @param place where the text stands, for a reader who has mistyped it
   * @throws IllegalArgumentException if {@code text} is none of these
   */
  public static Instant read(String place, String text) {
    if (text.equals(NOW)) {
      return now();
    }
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "%s is no instant: write one such as 2026-03-28T23:30:00Z, a date such as 2026-03-28, or now for the machine's time."
              .formatted(place),
          e);
    }
  }
}
