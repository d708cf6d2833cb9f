package dev.standstill.test;

import dev.standstill.core.Chance;
import dev.standstill.core.ReadyTasks;
import dev.standstill.core.Strategy;
import dev.standstill.core.TaskRecord;
import java.util.Arrays;

/**
 * Follows a {@link Schedule}: its choices first, then its seed. For the driver only.
 *
 * <p>A choice that is not there, because the program went another way than when the schedule was
 * recorded, becomes the last that is; the fingerprint of the run tells that it differs.
 */
final class PlannedStrategy implements Strategy {

  private final int[] choices;
  private final int[] preemptions;
  private final Strategy further;
  private int made;

  private PlannedStrategy(Schedule schedule) {
    this.choices = schedule.choices();
    this.preemptions = schedule.preemptions();
    this.further = further(schedule);
  }

  static Strategy of(Schedule schedule) {
    return schedule.choices().length == 0 ? further(schedule) : new PlannedStrategy(schedule);
  }

  private static Strategy further(Schedule schedule) {
    return schedule.seed().isEmpty() ? FIFO : new SeededStrategy(schedule.seed().getAsLong());
  }

  @Override
  public int choose(ReadyTasks ready) {
    return made < choices.length
        ? Math.min(choices[made++], ready.size() - 1)
        : further.choose(ready);
  }

  /** Those that are recorded may come after the last choice that had to be written down. */
  @Override
  public boolean preempts(int handOver, TaskRecord running, ReadyTasks ready) {
    return Arrays.binarySearch(preemptions, handOver) >= 0
        || made >= choices.length && further.preempts(handOver, running, ready);
  }

  @Override
  public int draw(int decision, Chance chance) {
    int found = Arrays.binarySearch(preemptions, decision);
    int next = found >= 0 ? found : -found - 1;
    if (next < preemptions.length && preemptions[next] < decision + chance.ways()) {
      return preemptions[next] - decision + 1;
    }
    return made < choices.length ? 0 : further.draw(decision, chance);
  }
}
