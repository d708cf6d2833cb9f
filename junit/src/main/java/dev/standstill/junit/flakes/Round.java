package dev.standstill.junit.flakes;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run of tests among those that a search makes: what all their loops have for a schedule, and
 * when to begin no further test. It reaches the tests as a configuration parameter. Immutable.
 *
 * @param seed the seed, also of explorations; null for first in, first out
 * @param explore how many schedules of each test are explored, the first of which is first in,
 *     first out; 0 for one run of each
 * @param end a moment of {@code System.nanoTime()}; null if there is none
 */
public record Round(@Nullable Long seed, int explore, @Nullable Long end) {

  /** The parameter; only JUnit's launcher sets it, as nobody but this JVM can read the moment. */
  public static final String PARAMETER = "standstill.flakes.round";

  private static final String FIFO = "fifo";

  /**
   * Reads what {@link #toString} gave.
   *
   * @param text the value of the parameter, if it is set
   * @return the round; empty if the run is none of a search
   */
  public static Optional<Round> of(Optional<String> text) {
    return text.map(value -> {
      String[] parts = value.split(" ", 3);
      return new Round(
          parts[0].equals(FIFO) ? null : Long.valueOf(parts[0]),
          Integer.parseInt(parts[1]),
          parts.length == 2 ? null : Long.valueOf(parts[2]));
    });
  }

  Round withoutEnd() {
    return new Round(seed, explore, null);
  }

  /** Whether no further test is to begin. */
  public boolean isOver() {
    return end != null && System.nanoTime() - end >= 0;
  }

  @Override
  public String toString() {
    return (seed == null ? FIFO : seed) + " " + explore + (end == null ? "" : " " + end);
  }
}
