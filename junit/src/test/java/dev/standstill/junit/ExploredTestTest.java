package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.DataRaceException;
import dev.standstill.explore.ScheduleFailure;
import dev.standstill.junit.explored.Bookings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** Tests whose schedules are explored. */
class ExploredTestTest {

  /** What an earlier run of these tests has found would be run first. */
  @BeforeEach
  void forgetFailures() throws IOException {
    Path kept = Path.of("target", "standstill");
    if (Files.exists(kept)) {
      try (Stream<Path> files = Files.walk(kept)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void findsTheScheduleThatFailsAndShowsIt() {
    Throwable failure = Runs.failing(Bookings.Overbooked.class);

    assertThat(failure)
        .isInstanceOf(ScheduleFailure.class)
        .hasMessageContaining("expected: <1> but was: <2>")
        .hasMessageContaining("1 switch decides: ")
        .hasMessageContaining("seats.decrementAndGet()")
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

  @Test
  void aTestThatAsksForItFailsIfThereIsNothingToExplore() {
    assertThat(Runs.failing(Bookings.Alone.class))
        .isExactlyInstanceOf(AssertionError.class)
        .hasMessageContaining(": there was nothing to explore, as there never was more than one");
  }

  @Test
  void oneThatIsExploredBecauseAllAreDoesNot() {
    assertThat(
            Runs.failures(
                Runs.with(Map.of("standstill.explore", "20"), Bookings.AloneAndUnaware.class)))
        .isEmpty();
  }

  @Test
  void aFailureIsKeptAndRunFirst(@TempDir Path folder) {
    Map<String, String> kept = Map.of("standstill.failures", folder.toString());
    ScheduleFailure found =
        (ScheduleFailure) Runs.failing(Runs.with(kept, Bookings.Overbooked.class));
    assertThat(found.schedule()).isPositive();

    ScheduleFailure again =
        (ScheduleFailure) Runs.failing(Runs.with(kept, Bookings.Overbooked.class));

    assertThat(again.schedule()).isZero();
    assertThat(again.token()).isEqualTo(found.token());
    assertThat(again)
        .hasMessageContaining("A failure that an earlier run has kept fails again: ")
        .hasMessageContaining("Bookings-Overbooked.theLastSeatIsSoldOnce")
        .hasMessageContaining("expected: <1> but was: <2>");
  }

  @Test
  void withoutAConfigurationItIsTheFolderOfTheBuild() throws IOException {
    Files.createDirectories(Path.of("target"));
    Map<String, String> unset = Map.of();
    Runs.failing(Runs.asConfigured(unset, Bookings.Unlucky.class));

    Throwable again = Runs.failing(Runs.asConfigured(unset, Bookings.Unlucky.class));

    assertThat(again)
        .hasMessageContaining("A failure that an earlier run has kept fails again: target")
        .hasMessageContaining("Bookings-Unlucky.losesAnUpdate");
  }
}
