package dev.standstill.explore;

import dev.standstill.explore.program.Places;
import dev.standstill.explore.race.RaceWatch;
import dev.standstill.explore.report.Reduction;
import dev.standstill.explore.report.StoryReport;
import dev.standstill.explore.report.StoryTrace;
import dev.standstill.explore.search.Explorer;
import dev.standstill.explore.search.Story;
import dev.standstill.explore.shrink.SameFailure;
import dev.standstill.explore.shrink.Shrinking;
import dev.standstill.test.LeakedTaskException;
import dev.standstill.test.ReplayToken;
import dev.standstill.test.TestLoop;
import dev.standstill.test.Trace;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds out why a run has failed: makes its schedule small, and looks at it. For one thread. */
final class Investigation {

  private final ProgramRun run;
  private final RaceWatch watch;
  private final Supplier<TestLoop.Builder> settings;
  private final Duration limit;
  private final BooleanSupplier stop;

  /**
   * @param watch knows what was learnt before the run
   * @param settings of each loop
   * @param limit how long a schedule is made smaller; zero if not at all
   * @param stop true when the user has had enough of it
   */
  Investigation(
      ProgramRun run,
      RaceWatch watch,
      Supplier<TestLoop.Builder> settings,
      Duration limit,
      BooleanSupplier stop) {
    this.run = run;
    this.watch = watch;
    this.settings = settings;
    this.limit = limit;
    this.stop = stop;
  }

  /** A failing run, repeated with all that reports show. */
  private record Seen(@Nullable Throwable failure, ReplayToken token, Story story, Trace trace) {

    static Seen of(ProgramRun.Ending ending, ReplayToken token, Story story) {
      return new Seen(
          ending.failure(), token, story, Objects.requireNonNull(ending.trace(), "a trace"));
    }

    boolean failsAs(Throwable first) {
      return failureLike(first) != first;
    }

    /** What it has failed with; if that is something else than at first, what that was. */
    Throwable failureLike(Throwable first) {
      return failure != null && failure.getClass() == first.getClass() ? failure : first;
    }
  }

  /**
   * Looks into a run that has failed. Null if what was taken for tasks of the program that are left
   * turns out to be none.
   *
   * @param found in which schedule, a part of a sentence
   */
  @Nullable ScheduleFailure of(ProgramRun.Failed failed, String found, long schedule) {
    Throwable failure = failed.failure();
    Seen seen = repeat(failed.token());
    String how = isSlow(failed.token()) ? found + ", while time passes at each access" : found;
    if (seen.failure == null && failure instanceof LeakedTaskException) {
      return null;
    }
    SameFailure same = SameFailure.as(failure);
    if (!limit.isPositive() || same.takesRealTime()) {
      return failure(failure, seen, how + ".", schedule);
    }
    return shrunk(failure, same, seen, how, schedule);
  }

  private boolean isSlow(ReplayToken token) {
    return watch.again(token.note()).isSlow();
  }

  /**
   * A run that was asked for by its token; null if it does not fail.
   *
   * @param found how it was found, a sentence; empty if there is nothing to say
   */
  @Nullable ScheduleFailure replayed(
      Explorer explorer, ProgramRun.Ending ending, ReplayToken token, String found, long schedule) {
    return ending.failure() == null
        ? null
        : failure(ending.failure(), Seen.of(ending, token, explorer.story()), found, schedule);
  }

  private ScheduleFailure shrunk(
      Throwable failure, SameFailure same, Seen seen, String found, long schedule) {
    long began = System.nanoTime();
    Shrinking shrinking =
        new Shrinking(
            search -> {
              Explorer explorer = Explorer.searching(search, 0, watch.again(seen.token.note()));
              ProgramRun.Ending ending = run.run(settings.get(), explorer);
              return ending.failure() != null
                      && same.is(ending.failure())
                      && isSameRace(failure, ending.failure())
                  ? ending.token()
                  : null;
            },
            () -> System.nanoTime() - began >= limit.toNanos() || stop.getAsBoolean());
    ReplayToken smallest =
        shrinking.shrink(seen.story.events().stream().map(Story.Event::made).toList());
    Seen again = smallest == null ? seen : repeat(smallest);
    if (smallest == null || !again.failsAs(failure)) {
      return failure(failure, seen, found + ".", schedule);
    }
    String cut = shrinking.wasCut() ? ", when time was up" : "";
    Duration taken = Duration.ofNanos(System.nanoTime() - began);
    String how = Reduction.between(seen.story, again.story).words(taken);
    return failure(failure, again, found + how + cut + ".", schedule);
  }

  /** Whether two failures that seem to be the same are of the same race, if they are of any. */
  private static boolean isSameRace(Throwable one, Throwable other) {
    return !(one instanceof DataRaceException first)
        || other instanceof DataRaceException second && first.race().isAt(second.race());
  }

  private Seen repeat(ReplayToken token) {
    Explorer explorer = ProgramRun.following(token, watch);
    ProgramRun.Ending ending = run.repeat(settings.get().replay(token.toString()), explorer);
    return Seen.of(ending, token, explorer.story());
  }

  private static ScheduleFailure failure(Throwable first, Seen seen, String found, long schedule) {
    Throwable shown = seen.failureLike(first);
    return new ScheduleFailure(
        shown,
        StoryReport.of(seen.story, shown, found),
        seen.token,
        steps(seen.story),
        seen.story.turns().size(),
        seen.story.incidents().size(),
        schedule,
        StoryTrace.of(seen.trace.withToken(seen.token), seen.story, shown));
  }

  private static List<String> steps(Story story) {
    int width =
        story.steps().stream().mapToInt(step -> story.name(step.task()).length()).max().orElse(0);
    return story.steps().stream()
        .map(step -> {
          String name = story.name(step.task());
          return name + " ".repeat(width - name.length()) + "  " + Places.describe(step.place());
        })
        .toList();
  }
}
