package dev.standstill.explore;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an exploration has seen. Immutable.
 *
 * @param schedules how many schedules were run
 * @param distinct how many of them differed in the order of accesses that were told
 * @param elapsed how long that took, in real time
 * @param failure the failure of the first schedule that failed, or empty
 * @param proved what holds for all schedules of a kind, such as "all 72 schedules with up to 2
 *     preemptions pass"; empty if nothing was shown
 * @param races the data races that were seen, be the schedules failed or not
 * @param limits what was not explored, and why, a sentence each; such as places that cannot be
 *     preempted
 */
public record ExplorationResult(
    long schedules,
    long distinct,
    Duration elapsed,
    Optional<ScheduleFailure> failure,
    String proved,
    List<DataRace> races,
    List<String> limits) {

  /** Copies the lists. */
  public ExplorationResult {
    races = List.copyOf(races);
    limits = List.copyOf(limits);
  }

  /**
   * Returns if no schedule failed.
   *
   * @return this
   * @throws ScheduleFailure if one did
   */
  public ExplorationResult orThrow() {
    failure.ifPresent(found -> {
      throw found;
    });
    return this;
  }

  /** Says what was seen, in a line, and one for the data races and each limit. */
  @Override
  public String toString() {
    double seconds = Math.max(elapsed.toNanos(), 1) / 1e9;
    StringBuilder text = new StringBuilder();
    text.append(
        "%,d schedules, %,d distinct, in %.2f s (%,.0f a second): "
            .formatted(schedules, distinct, seconds, schedules / seconds));
    text.append(
        failure
            .map(found -> "number %,d fails".formatted(found.schedule()))
            .orElse(proved.isEmpty() ? "none fails" : "none fails; " + proved));
    text.append('.');
    if (!races.isEmpty()) {
      String subjects =
          races.stream().map(DataRace::subject).distinct().collect(Collectors.joining(", "));
      text.append(System.lineSeparator()).append("Data races: " + subjects + ".");
    }
    limits.forEach(limit -> text.append(System.lineSeparator()).append(limit));
    return text.toString();
  }
}
