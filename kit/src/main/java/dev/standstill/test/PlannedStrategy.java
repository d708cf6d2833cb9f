package dev.standstill.test;

import dev.standstill.core.Strategy;
import java.util.SplittableRandom;

/**
 * Follows a {@link Schedule}: its choices first, then its seed. For the driver only.
 *
 * <p>A choice that is not there, because the program went another way than when the schedule was
 * recorded, becomes the last that is; the fingerprint of the run tells that it differs.
 */
final class PlannedStrategy implements Strategy {

  private final int[] choices;
  private final Strategy further;
  private int made;

  PlannedStrategy(Schedule schedule) {
    this.choices = schedule.choices();
    this.further = further(schedule);
  }

  static Strategy of(Schedule schedule) {
    return schedule.choices().length == 0 ? further(schedule) : new PlannedStrategy(schedule);
  }

  private static Strategy further(Schedule schedule) {
    if (schedule.seed().isEmpty()) {
      return FIFO;
    }
    return new SplittableRandom(schedule.seed().getAsLong())::nextInt;
  }

  @Override
  public int choose(int ready) {
    return made < choices.length ? Math.min(choices[made++], ready - 1) : further.choose(ready);
  }
}
