package dev.standstill.explore;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What an exploration has seen. Immutable.
 *
 * @param schedules how many schedules were run
 * @param distinct how many of them differed in the order of accesses that were told
 * @param elapsed how long that took, in real time
 * @param failure the failure of the first schedule that failed, or empty
 * @param proved what holds for all schedules of a kind, such as "all 72 schedules with up to 2
 *     preemptions pass"; empty if nothing was shown
 * @param limits what was not explored, and why, a sentence each; such as places that cannot be
 *     preempted
 */
public record ExplorationResult(
    long schedules,
    long distinct,
    Duration elapsed,
    Optional<ScheduleFailure> failure,
    String proved,
    List<String> limits) {

  /** Copies the list. */
  public ExplorationResult {
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

  /** Says what was seen, in a line or two. */
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
    limits.forEach(limit -> text.append(System.lineSeparator()).append(limit));
    return text.toString();
  }
}
