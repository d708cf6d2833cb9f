package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.DataRaceException;
import dev.standstill.explore.ScheduleFailure;
import dev.standstill.junit.explored.Bookings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** Tests whose schedules are explored. */
class ExploredTestTest {

  @Test
  void findsTheScheduleThatFailsAndShowsIt() {
    Throwable failure = Runs.failing(Bookings.Overbooked.class);

    assertThat(failure)
        .isInstanceOf(ScheduleFailure.class)
        .hasMessageContaining("expected: <1> but was: <2>")
        .hasMessageContaining("1 switch decides: ")
        .hasMessageContaining("AtomicInteger.decrementAndGet()")
        .hasCauseInstanceOf(AssertionFailedError.class);
    assertThat(failure.getSuppressed())
        .anySatisfy(details ->
            assertThat(details)
                .hasMessageContaining("To repeat the run: @LoopTest(explore = 1, replay = \""));
  }

  @Test
  void isOneTestForEachInvocationAndPassesIfAllSchedulesDo() {
    assertThat(Runs.tests(Runs.passing(Bookings.Careful.class))).hasSize(2);
  }

  @Test
  void theConfigurationExploresAllTests() {
    Runs.passing(Bookings.Unaware.class);

    Throwable failure =
        Runs.failing(Runs.with(Map.of("standstill.explore", "1000"), Bookings.Unaware.class));

    assertThat(failure).isInstanceOf(ScheduleFailure.class);
  }

  @Test
  void aDataRaceIsAFailureIfAsked() {
    Throwable failure = Runs.failing(Bookings.Racing.class);

    assertThat(failure)
        .isInstanceOf(ScheduleFailure.class)
        .hasCauseInstanceOf(DataRaceException.class)
        .hasMessageContaining("Racing.open");
  }

  @Test
  void aDataRaceIsAReportEntryIfNot() {
    assertThat(Runs.entries(Runs.passing(Bookings.RacingUnnoticed.class), "standstill.race"))
        .singleElement()
        .asString()
        .contains("Data race on Bookings.Racing.open:");
  }

  @Test
  void aFailureIsRepeatedFromItsToken() {
    ScheduleFailure found = (ScheduleFailure) Runs.failing(Bookings.Overbooked.class);

    Throwable again =
        Runs.failing(
            Runs.with(
                Map.of("standstill.replay", found.token().toString()), Bookings.Overbooked.class));

    assertThat(again)
        .isInstanceOf(ScheduleFailure.class)
        .hasMessageContaining("expected: <1> but was: <2>");
  }
}
