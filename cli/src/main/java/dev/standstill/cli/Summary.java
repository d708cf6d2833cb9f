package dev.standstill.cli;

import dev.standstill.test.TestLoop;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;

/** What is said of a run when it is over. */
final class Summary {

  private final long began = System.nanoTime();

  Summary() {}

  /**
   * Describes a run in virtual time.
   *
   * @param options what has to be asked for again to repeat the run, beside its token
   */
  String of(TestLoop loop, Instant start, String options) {
    OptionalLong seed = loop.schedule().seed();
    int tasks = loop.tasksStarted() - 1; // the first only starts main
    return """
    Standstill: %s, %s, virtual %s, %s
    Schedule: %s; to repeat the run: %s--replay %s\
    """
        .formatted(
            count(tasks, "task"),
            count(loop.slices(), "slice"),
            inWords(Duration.between(start, loop.now())),
            realTime(),
            seed.isPresent() ? "seed " + seed.getAsLong() : "first in, first out",
            options,
            loop.replayToken());
  }

  /** Describes a run in real time. */
  String ofRealTime() {
    return "Standstill: %s; no seed and no replay, because time was real".formatted(realTime());
  }

  private static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** As in "real 0.25 s". */
  String realTime() {
    return String.format(Locale.ROOT, "real %.2f s", (System.nanoTime() - began) / 1e9);
  }

  /** As in "1 d 3 h 12 min 5.25 s". */
  static String inWords(Duration duration) {
    StringBuilder words = new StringBuilder();
    append(words, duration.toDaysPart(), "d");
    append(words, duration.toHoursPart(), "h");
    append(words, duration.toMinutesPart(), "min");
    Duration rest = Duration.ofSeconds(duration.toSecondsPart(), duration.toNanosPart());
    if (words.isEmpty() || !rest.isZero()) {
      words.append(BigDecimal.valueOf(rest.toNanos(), 9).stripTrailingZeros().toPlainString());
      words.append(" s");
    }
    return words.toString().strip();
  }

  private static void append(StringBuilder words, long number, String unit) {
    if (number > 0) {
      words.append(number).append(' ').append(unit).append(' ');
    }
  }
}
