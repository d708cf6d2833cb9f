package dev.standstill.explore.report;

import dev.standstill.explore.search.Story;
import dev.standstill.test.Trace;
import java.util.List;

/** The trace of a failing run, with what its story knows besides. */
public final class StoryTrace {

  /** Of so many steps each is kept: more nobody reads. */
  private static final int MOST_STEPS = 20_000;

  private StoryTrace() {}

  /**
   * Adds the switches that decide, and what tasks did to the things that more than one of them
   * uses.
   *
   * @param failure how the run ended
   */
  public static Trace of(Trace run, Story story, Throwable failure) {
    Switches switches = new Switches(story);
    List<Trace.Switch> deciding =
        story.turns().stream()
            .map(turn ->
                new Trace.Switch(
                    turn.slice(), turn.before(), turn.after(), switches.describe(turn)))
            .toList();
    List<Trace.Step> steps = new Rows(story, failure).traced().stream().limit(MOST_STEPS).toList();
    Trace told = run.withSwitches(deciding, steps);
    return told.end() == null
        ? told.withEnd(new Trace.End(Trace.Outcome.FAILED, failure.toString(), List.of()))
        : told;
  }
}
