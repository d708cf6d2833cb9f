package dev.standstill.explore.report;

import dev.standstill.test.Trace;
import java.time.Duration;

/** How much smaller a failing schedule was made. Immutable. */
public final class Reduction {

  private final Counted before;
  private final Counted after;

  Reduction(Counted before, Counted after) {
    this.before = before;
    this.after = after;
  }

  /** From one run to another. */
  public static Reduction between(Trace before, Trace after) {
    return new Reduction(Counted.of(before), Counted.of(after));
  }

  /** The end of a sentence; empty if it is as it was. */
  public String words(Duration taken) {
    return after.equals(before)
        ? ""
        : ", shrunk from %s to %s in %,d ms"
            .formatted(before.words(), after.wordsAfter(before), taken.toMillis());
  }
}
