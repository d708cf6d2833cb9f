package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.program.InstrumentedProgram;
import dev.standstill.explore.program.ProgramClasses;
import dev.standstill.explore.program.StaticState;
import dev.standstill.explore.race.RaceRun;
import dev.standstill.explore.search.Explorer;
import dev.standstill.explore.search.Search;
import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs a program under many schedules, whether they fail or not. For one thread. */
public final class Schedules {

  private static final ProgramClasses PROGRAM = ProgramClasses.of(List.of(), List.of());

  private Schedules() {}

  /** What a program does under the schedule of a number. */
  public interface Body {
    /** Runs as a task of {@code loop}. */
    void run(int schedule, TestLoop loop) throws Exception;
  }

  /** What is told of each schedule. */
  public interface Ended {
    /**
     * @param failure what it has failed with, or null
     */
    void accept(int schedule, @Nullable Throwable failure);
  }

  /** Runs at most {@code count}; the first has the number 0. */
  public static void run(Search search, int count, Body body, Ended ended) {
    TestLoop.Builder settings = TestLoop.builder().withoutReplayHint().leaks(Leaks.IGNORE);
    try (InstrumentedProgram program = InstrumentedProgram.open(PROGRAM, false)) {
      for (int schedule = 0; schedule < count && !search.isExhausted(); schedule++) {
        int number = schedule;
        ProgramRun run =
            new ProgramRun(
                loop -> body.run(number, loop), false, null, false, false, StaticState.ofJvm());
        ended.accept(
            number,
            run.run(settings, Explorer.searching(search, number, RaceRun.none())).failure());
      }
      assertThat(program.unchanged()).isEmpty();
    }
  }

  /** Runs what does not fail. */
  static void run(SearchStrategy strategy, int count, Exploration.Body body) {
    run(
        strategy.search(count),
        count,
        (schedule, loop) -> body.run(loop),
        (schedule, failure) -> {
          if (failure != null) {
            throw new AssertionError("schedule " + schedule, failure);
          }
        });
  }

  /** How often a program has had each of its outcomes. */
  public static Map<String, Integer> outcomes(Search search, int count, Callable<String> body) {
    Map<String, Integer> outcomes = new TreeMap<>();
    run(
        search,
        count,
        (schedule, loop) -> outcomes.merge(body.call(), 1, Integer::sum),
        (schedule, failure) -> assertThat(failure).as("schedule %d", schedule).isNull());
    return outcomes;
  }
}
