package dev.standstill.explore;

import dev.standstill.explore.search.Explorer;
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
 * @param spans when its tasks ran; empty if that was not asked for
 * @param strategy what has chosen the schedule
 * @param ending how it has ended
 */
record Ran(
    long signature,
    boolean wasCut,
    int pinnedPlace,
    long points,
    boolean hadChoice,
    List<Span> spans,
    String strategy,
    ProgramRun.Ending ending) {

  static Ran of(Explorer explorer, String strategy, ProgramRun.Ending ending) {
    return new Ran(
        explorer.signature(),
        explorer.wasCut(),
        explorer.pinnedPlace(),
        explorer.points(),
        explorer.hadChoice(),
        explorer.spans(),
        strategy,
        ending);
  }

  /** What repeats a run that has initialised classes; null if it has not. */
  @Nullable ReplayToken initialising() {
    return ending.initialised() ? ending.token() : null;
  }

  /** Whether runs after this one are others than they would be without it. */
  boolean changesThoseAfter() {
    return ending.failure() != null || ending.initialised();
  }
}
