package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Guards;
import dev.standstill.explore.programs.RandomMonitors;
import dev.standstill.test.DeadlockException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Monitors of explored programs are those of the language. */
class MonitorsTest {

  @ParameterizedTest
  @EnumSource(names = {"RANDOM", "PCT", "POS", "STICKY", "SURW"})
  void doWhatTheLanguageSaysInRandomPrograms(SearchStrategy strategy) {
    checkRandomPrograms(strategy, 2_000);
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource(names = {"RANDOM", "PCT", "POS", "STICKY", "SURW"})
  void doWhatTheLanguageSaysInManyRandomPrograms(SearchStrategy strategy) {
    checkRandomPrograms(strategy, 200_000);
  }

  private static void checkRandomPrograms(SearchStrategy strategy, int schedules) {
    RandomMonitors[] current = new RandomMonitors[1];
    AtomicInteger deadlocks = new AtomicInteger();
    Schedules.run(
        strategy.search(schedules),
        schedules,
        (schedule, loop) -> {
          current[0] = new RandomMonitors(schedule / 4);
          current[0].run();
        },
        (schedule, failure) -> {
          RandomMonitors program = current[0];
          MonitorModel model = new MonitorModel();
          program.log().forEach(model::add);
          if (failure == null) {
            assertThat(model.haveEnded(program.threads())).as("schedule %d", schedule).isTrue();
          } else {
            assertThat(failure).as("schedule %d", schedule).isInstanceOf(DeadlockException.class);
            assertThat(model.areStuck(program.threads())).as("schedule %d", schedule).isTrue();
            deadlocks.incrementAndGet();
          }
        });
    assertThat(deadlocks.get()).isBetween(schedules / 100, schedules * 9 / 10);
  }

  @Test
  void tellDeadlocksAsEver() {
    ExplorationResult result = Exploration.of(loop -> Guards.abba()).run();

    assertThat(result.failure().orElseThrow().getCause())
        .isInstanceOf(DeadlockException.class)
        .hasMessageContaining("Deadlock: 2 tasks wait for each other.")
        .hasMessageContaining("\"one\"")
        .hasMessageContaining("\"other\"")
        .hasMessageContaining("Cycle: \"one\" holds Left#1, wants Right#1")
        .hasMessageContaining("at dev.standstill.explore.programs.Guards.abba")
        .hasMessageNotContaining("ProgramRun")
        .hasMessageNotContaining("StandstillSwitchPoints");
  }

  @Test
  void tellWhoWaitsForANotifyThatDoesNotCome() {
    ExplorationResult result = Exploration.of(loop -> Guards.waitForEver()).run();

    assertThat(result.failure().orElseThrow().getCause())
        .isInstanceOf(DeadlockException.class)
        .hasMessageContaining("at dev.standstill.explore.programs.Guards.waitForEver")
        .hasMessageNotContaining("StandstillSwitchPoints");
  }

  @Test
  void areThoseThatLibrariesEnter() {
    Schedules.run(SearchStrategy.RANDOM, 1_000, loop -> Guards.withLibrary());
    Schedules.run(SearchStrategy.PCT, 1_000, loop -> Guards.withLibrary());
  }

  @Test
  void letTimeMoveWhileOneSleepsInThem() {
    Schedules.run(SearchStrategy.RANDOM, 500, loop -> Guards.sleepInside());
    Schedules.run(SearchStrategy.SURW, 500, loop -> Guards.sleepInside());
  }

  @Test
  void areLeftByWhoIsInterruptedOnceTheyAreFree() {
    Schedules.run(SearchStrategy.RANDOM, 500, loop -> Guards.interrupted());
    Schedules.run(SearchStrategy.POS, 500, loop -> Guards.interrupted());
  }

  @Test
  void areEnteredAgainByTheirOwner() {
    Schedules.run(SearchStrategy.RANDOM, 500, loop -> Guards.entersAgain());
    Schedules.run(SearchStrategy.STICKY, 500, loop -> Guards.entersAgain());
  }

  @Test
  void notifyWhoWaitsTheLongest() {
    Schedules.run(SearchStrategy.RANDOM, 500, loop -> Guards.notifiesInOrder());
  }
}
