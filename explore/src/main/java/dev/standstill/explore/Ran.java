package dev.standstill.explore;

import dev.standstill.explore.race.RaceRun;
import dev.standstill.explore.search.Explorer;
import dev.standstill.explore.search.LongSet;
import dev.standstill.explore.search.Span;
import dev.standstill.test.ReplayToken;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one run of a program has shown. Immutable.
 *
 * @param signature differs between runs whose accesses came in another order
 * @param wasCut whether it was not searched to its end
 * @param pinnedPlace where a task was to wait but could not; -1 if nowhere
 * @param points at how many points tasks have told what they were about to do
 * @param hadChoice whether more than one task could run at any time
 * @param pairs which places of two tasks came after each other; null if that was not asked for
 * @param spans when its tasks ran; empty if that was not asked for
 * @param strategy what has chosen the schedule
 * @param ending how it has ended
 * @param races what it has shown of races
 */
record Ran(
    long signature,
    boolean wasCut,
    int pinnedPlace,
    long points,
    boolean hadChoice,
    @Nullable LongSet pairs,
    List<Span> spans,
    String strategy,
    ProgramRun.Ending ending,
    RaceRun races) {

  static Ran of(Explorer explorer, String strategy, ProgramRun.Ending ending) {
    return new Ran(
        explorer.signature(),
        explorer.wasCut(),
        explorer.pinnedPlace(),
        explorer.points(),
        explorer.hadChoice(),
        explorer.pairs(),
        explorer.spans(),
        strategy,
        ending,
        explorer.races());
  }

  /** What repeats a run that has initialised classes; null if it has not. */
  @Nullable ReplayToken initialising() {
    return ending.initialised() ? ending.token() : null;
  }

  /** Whether runs after this one are others than they would be without it. */
  boolean changesThoseAfter() {
    return failure() != null || ending.initialised();
  }

  /**
   * How it has failed; null if it has not. In a slow run a program may fail that does so at no
   * other time, so only races count.
   */
  ProgramRun.@Nullable Failed failure() {
    return races.isSlow() && !(ending.failure() instanceof DataRaceException)
        ? null
        : ending.failed();
  }
}
