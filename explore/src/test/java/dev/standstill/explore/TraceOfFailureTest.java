package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Traced;
import dev.standstill.test.BlockedOn;
import dev.standstill.test.Trace;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the trace of a failing run shows besides its slices. */
class TraceOfFailureTest {

  private static Trace trace(Exploration.Body body) {
    return Exploration.of(body).schedules(5_000).run().failure().orElseThrow().trace();
  }

  @Test
  void switchesAndStepsAreThoseOfTheirSlices() {
    for (int threads = 2; threads < 5; threads++) {
      int count = threads;
      Trace trace = trace(loop -> Traced.overdraw(count));

      assertThat(trace.departures()).isNotEmpty();
      assertThat(trace.departures())
          .allSatisfy(made -> {
            assertThat(trace.slices().get((int) made.slice() - 1).task()).isEqualTo(made.after());
            assertThat(trace.slices().get((int) made.slice() - 2).task()).isEqualTo(made.task());
            assertThat(trace.steps().subList(0, made.steps()))
                .allMatch(step -> step.slice() < made.slice());
            assertThat(trace.steps().subList(made.steps(), trace.steps().size()))
                .allMatch(step -> step.slice() >= made.slice());
          });
      assertThat(trace.steps()).isNotEmpty();
      assertThat(trace.steps())
          .allSatisfy(step ->
              assertThat(trace.slices().get((int) step.slice() - 1).task()).isEqualTo(step.task()));
    }
  }

  @Test
  void theEndAndTheTokenAreThoseOfTheFailure() {
    ScheduleFailure failure =
        Exploration.of(loop -> Traced.overdraw(2)).schedules(1_000).run().failure().orElseThrow();

    assertThat(failure.trace().token()).isEqualTo(failure.token().toString());
    assertThat(failure.trace().end())
        .isEqualTo(
            new Trace.End(
                Trace.Outcome.FAILED,
                "java.lang.IllegalStateException: overdrawn: -20",
                List.of()));
    assertThat(failure.trace().program()).contains(Traced.class.getName());
  }

  @Test
  void whoWaitsForAMonitorIsShownThoughTheJvmDoesNotBlockHim() {
    Trace trace = trace(loop -> Traced.takeBothWays());

    assertThat(trace.end()).isNotNull();
    assertThat(trace.end().outcome()).isEqualTo(Trace.Outcome.DEADLOCK);
    assertThat(trace.end().cycle()).containsExactly(2, 3);
    assertThat(trace.slices())
        .filteredOn(slice -> slice.name().equals("one") || slice.name().equals("two"))
        .extracting(Trace.Slice::then)
        .contains(
            new Trace.Wait(BlockedOn.MONITOR, "Object#1", 3, false),
            new Trace.Wait(BlockedOn.MONITOR, "Object#2", 2, false));
  }

  @Test
  void theNearestRunThatPassesIsTheSameUpToTheSwitchThatIsLeftOut() {
    for (int threads = 2; threads < 5; threads++) {
      int count = threads;
      Trace trace = trace(loop -> Traced.overdraw(count));
      Trace.Passing passing = trace.passing();

      assertThat(passing).isNotNull();
      assertThat(passing.without()).hasSize(1);
      assertThat(passing.trace().end())
          .isEqualTo(new Trace.End(Trace.Outcome.PASSED, "", List.of()));
      assertThat(passing.trace().failures()).isEmpty();
      assertThat(passing.trace().departures()).hasSizeLessThan(trace.departures().size());
      assertThat(passing.trace().steps()).isNotEmpty();
      int parts = (int) trace.departures().get(passing.without().getFirst() - 1).slice() - 1;
      assertThat(told(passing.trace(), parts - 1)).isEqualTo(told(trace, parts - 1));
      assertThat(told(passing.trace(), parts + 1)).isNotEqualTo(told(trace, parts + 1));
    }
  }

  /** Who ran, and how each slice has ended. */
  private static List<String> told(Trace trace, int slices) {
    return trace.slices().stream()
        .limit(slices)
        .map(slice -> "%s %s %s".formatted(slice.task(), slice.ended(), slice.then()))
        .toList();
  }

  @Test
  void theRunThatPassesIsRepeatedByItsToken() {
    Trace.Passing passing = trace(loop -> Traced.overdraw(2)).passing();

    assertThat(passing).isNotNull();
    ExplorationResult again =
        Exploration.of(loop -> Traced.overdraw(2)).replay(passing.trace().token());
    assertThat(again.failure()).isEmpty();
    assertThat(again.toString()).doesNotContain(ExplorationResult.CHANGED);
  }

  @Test
  void whatFailsAnywayHasNoRunThatPasses() {
    Trace trace = trace(loop -> Traced.fail());

    assertThat(trace.departures()).isEmpty();
    assertThat(trace.passing()).isNull();
  }
}
