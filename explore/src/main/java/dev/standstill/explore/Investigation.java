package dev.standstill.explore;

import dev.standstill.explore.program.Places;
import dev.standstill.explore.race.RaceWatch;
import dev.standstill.explore.report.Reduction;
import dev.standstill.explore.report.ScheduleReport;
import dev.standstill.explore.report.StoryTrace;
import dev.standstill.explore.search.Departure;
import dev.standstill.explore.search.Explorer;
import dev.standstill.explore.search.Scripted;
import dev.standstill.explore.search.Story;
import dev.standstill.explore.shrink.NearestPassing;
import dev.standstill.explore.shrink.SameFailure;
import dev.standstill.explore.shrink.Shrinking;
import dev.standstill.test.LeakedTaskException;
import dev.standstill.test.ReplayToken;
import dev.standstill.test.TestLoop;
import dev.standstill.test.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds out why a run has failed: makes its schedule small, and looks at it. For one thread. */
final class Investigation {

  private static final String CUT =
      "The run has very many steps: the last are not shown, as the tasks take turns.";

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

  /**
   * A run, repeated with all that reports show.
   *
   * @param trace without what the story has noted
   */
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

    List<Departure> departures() {
      return story.events().stream().map(Story.Event::made).toList();
    }

    /**
     * The trace with all that is known.
     *
     * @param shown how it ended; null if it passed
     */
    Trace told(@Nullable Throwable shown) {
      return StoryTrace.of(trace.withToken(token), story, shown);
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
   * A run that was asked for by its token; null if it does not fail. No other is run: what the
   * program prints is shown.
   */
  @Nullable ScheduleFailure replayed(
      Explorer explorer, ProgramRun.Ending ending, ReplayToken token, long schedule) {
    Throwable failure = ending.failure();
    if (failure == null) {
      return null;
    }
    Seen seen = Seen.of(ending, token, explorer.story());
    return failure(failure, seen, seen.told(failure), "", schedule);
  }

  /**
   * A run that an earlier exploration has kept; null if it does not fail any more.
   *
   * @param found how it was found, a sentence
   */
  @Nullable ScheduleFailure kept(
      Explorer explorer, ProgramRun.Ending ending, ReplayToken token, String found) {
    Throwable failure = ending.failure();
    return failure == null
        ? null
        : failure(failure, Seen.of(ending, token, explorer.story()), found, 0);
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
    ReplayToken smallest = shrinking.shrink(seen.departures());
    Seen again = smallest == null ? seen : repeat(smallest);
    if (smallest == null || !again.failsAs(failure)) {
      return failure(failure, seen, found + ".", schedule);
    }
    String cut = shrinking.wasCut() ? ", when time was up" : "";
    Duration taken = Duration.ofNanos(System.nanoTime() - began);
    String how = Reduction.between(seen.told(failure), again.told(failure)).words(taken);
    return failure(failure, again, found + how + cut + ".", schedule);
  }

  /** Whether two failures that seem to be the same are of the same race, if they are of any. */
  private static boolean isSameRace(Throwable one, Throwable other) {
    return !(one instanceof DataRaceException first)
        || other instanceof DataRaceException second && first.race().isAt(second.race());
  }

  private Seen repeat(ReplayToken token) {
    Explorer explorer = ProgramRun.following(token, watch);
    ProgramRun.Ending ending = run.trace(settings.get().replay(token.toString()), explorer);
    return Seen.of(ending, token, explorer.story());
  }

  private ScheduleFailure failure(Throwable first, Seen seen, String found, long schedule) {
    Trace trace = seen.told(seen.failureLike(first));
    Trace.Passing passing = passing(first, seen, trace);
    return failure(
        first, seen, passing == null ? trace : trace.withPassing(passing), found, schedule);
  }

  private static ScheduleFailure failure(
      Throwable first, Seen seen, Trace trace, String found, long schedule) {
    List<String> remarks = new ArrayList<>();
    if (seen.story.wasCut()) {
      remarks.add(CUT);
    }
    if (!found.isEmpty()) {
      remarks.add(found);
    }
    return new ScheduleFailure(
        seen.failureLike(first),
        ScheduleReport.of(trace, remarks),
        seen.token,
        steps(seen.story),
        schedule,
        trace);
  }

  /** The nearest run that passes; null if none is found, or not soon. */
  private Trace.@Nullable Passing passing(Throwable first, Seen failing, Trace trace) {
    if (!limit.isPositive() || SameFailure.as(first).takesRealTime()) {
      return null;
    }
    long began = System.nanoTime();
    return new NearestPassing(
            some -> passing(some, failing.token.note()),
            () -> System.nanoTime() - began >= limit.toNanos() || stop.getAsBoolean())
        .find(trace.departures(), failing.departures());
  }

  /** What there is to see of a run with some departures; null if it fails, too. */
  private @Nullable Trace passing(List<Departure> some, String note) {
    Explorer explorer = Explorer.searching(new Scripted(some), 0, watch.again(note));
    ProgramRun.Ending ending = run.trace(settings.get(), explorer);
    if (ending.failure() != null || explorer.wasCut()) {
      return null;
    }
    Seen seen = repeat(Objects.requireNonNull(ending.token(), "a token of a traced run"));
    return seen.failure == null ? seen.told(null) : null;
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
