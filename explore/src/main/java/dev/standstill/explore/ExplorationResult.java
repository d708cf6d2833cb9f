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
 *     preempted, and tasks that never overlapped
 * @param points at how many points in all of these schedules a task told what it was about to do
 * @param hadChoice whether there ever was more than one task that could run
 * @param kept what became of the failures that earlier explorations have kept, a sentence each
 * @param failures how schedules failed, one of each way in which they did; empty unless it was
 *     asked for to {@linkplain Exploration#goOnAfterFailures go on after failures}
 * @param pairs the points of two tasks that came one right after the other; empty unless
 *     {@linkplain Exploration#coverage asked for}
 */
public record ExplorationResult(
    long schedules,
    long distinct,
    Duration elapsed,
    Optional<ScheduleFailure> failure,
    String proved,
    List<DataRace> races,
    List<String> limits,
    long points,
    boolean hadChoice,
    List<String> kept,
    List<FailureGroup> failures,
    List<PointPair> pairs) {

  /** A limit of a run that was to follow a token. */
  static final String CHANGED =
      "The program is not the one that the token was made of: the run went another way than the recorded one. It, or the options, have changed since, or it depends on something that the loop does not control.";

  private static final String NOTHING_TO_EXPLORE =
      "there was nothing to explore, as there never was more than one task that could run; threads that the loop has not started, such as those of a pool outside, are not switched";

  /** Copies the lists. */
  public ExplorationResult {
    races = List.copyOf(races);
    limits = List.copyOf(limits);
    kept = List.copyOf(kept);
    failures = List.copyOf(failures);
    pairs = List.copyOf(pairs);
  }

  /**
   * Returns if no schedule failed, there were schedules to choose from, and a run that was to
   * follow a token did.
   *
   * @return this
   * @throws ScheduleFailure if one did
   * @throws AssertionError if {@linkplain #hadChoice there never was a choice}: nothing is known
   *     then that a single run would not tell; or if a run was to follow a token and went another
   *     way, which shows nothing about the recorded one
   */
  public ExplorationResult orThrow() {
    failure.ifPresent(found -> {
      throw found;
    });
    if (!hadChoice || limits.contains(CHANGED)) {
      throw new AssertionError(toString());
    }
    return this;
  }

  /** Says what was seen, in a line, and one for the data races, each limit and each note. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(head()).append('.');
    if (failure.isEmpty() && failures.isEmpty() && schedules > 0) {
      add(text, "%,.1f points a schedule.".formatted((double) points / schedules));
    }
    if (!races.isEmpty()) {
      String subjects =
          races.stream().map(DataRace::subject).distinct().collect(Collectors.joining(", "));
      add(text, "Data races: " + subjects + ".");
    }
    limits.forEach(limit -> add(text, limit));
    kept.forEach(note -> add(text, note));
    return text.toString();
  }

  /** A single run takes no time worth telling: so a token gives the same text each time. */
  private String head() {
    if (failures.isEmpty() && failure.isPresent() && failure.get().schedule() == 0) {
      return "A kept failure fails again";
    }
    if (schedules == 1) {
      return "1 schedule: " + outcome();
    }
    double seconds = Math.max(elapsed.toNanos(), 1) / 1e9;
    return "%,d schedules, %,d distinct, in %.2f s (%,.0f a second): %s"
        .formatted(schedules, distinct, seconds, schedules / seconds, outcome());
  }

  private String outcome() {
    if (failure.isPresent() && schedules == 1) {
      return "it fails";
    }
    if (failure.isEmpty() && limits.contains(CHANGED)) {
      return "it passes, but it is not the one of the token";
    }
    if (!failures.isEmpty()) {
      return failures.size() == 1
          ? "%,d fail, in one way".formatted(failed())
          : "%,d fail, in %,d ways".formatted(failed(), failures.size());
    }
    if (failure.isPresent()) {
      return "number %,d fails".formatted(failure.get().schedule());
    }
    if (!hadChoice) {
      return NOTHING_TO_EXPLORE;
    }
    return proved.isEmpty() ? "none fails; there are others" : "none fails; " + proved;
  }

  private long failed() {
    return failures.stream().mapToLong(FailureGroup::times).sum();
  }

  private static void add(StringBuilder text, String sentence) {
    text.append(System.lineSeparator()).append(sentence);
  }
}
