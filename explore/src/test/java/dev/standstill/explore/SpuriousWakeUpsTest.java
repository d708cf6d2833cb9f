package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.WakeUps;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Waits end without a cause if that is wanted, and only then. */
class SpuriousWakeUpsTest {

  private static final int BUDGET = 1_000;

  interface Program {
    void run(boolean looksAgain) throws Exception;
  }

  static Stream<Arguments> programs() {
    return Stream.of(
        program("monitor", WakeUps::monitor),
        program("monitor, for a time", WakeUps::monitorForATime),
        program("monitor, twice entered", WakeUps::monitorTwiceEntered),
        program("condition", WakeUps::condition),
        program("condition, for a time", WakeUps::conditionForATime),
        program("condition, for nanoseconds", WakeUps::conditionForNanos),
        program("park", WakeUps::park));
  }

  private static Arguments program(String name, Program program) {
    return Arguments.of(name, program);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void areFoundByWhoDoesNotLookAgain(String name, Program program) {
    ExplorationResult without = exploration(program, false).run();
    ExplorationResult with = exploration(program, false).spuriousWakeUps().run();

    assertThat(without.failure()).as("%s", without).isEmpty();
    assertThat(with.failure()).as("%s", with).isPresent();
    assertThat(with.failure().get().getCause()).hasMessageMatching("read what .*|went on too .*");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void doNoHarmToWhoLooksAgain(String name, Program program) {
    exploration(program, true).spuriousWakeUps().run().orThrow();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void areRepeatedByTheToken(String name, Program program) {
    Exploration exploration = exploration(program, false).spuriousWakeUps();
    ScheduleFailure found = exploration.run().failure().orElseThrow();

    ScheduleFailure again = exploration.replay(found.token().toString()).failure().orElseThrow();

    assertThat(again.getCause()).hasMessage(found.getCause().getMessage());
    assertThat(again.steps()).isEqualTo(found.steps());
  }

  @ParameterizedTest
  @EnumSource(names = {"RANDOM", "STICKY", "PCT", "POS", "SURW", "DFS"})
  void comeWithEachStrategy(SearchStrategy strategy) {
    ExplorationResult result =
        exploration(WakeUps::monitor, false).strategy(strategy).spuriousWakeUps().run();

    assertThat(result.failure()).as("%s", result).isPresent();
  }

  @Test
  void letOthersHaveTheMonitorBefore() {
    Exploration exploration = Exploration.of(loop -> WakeUps.othersBetween()).schedules(BUDGET);

    exploration.run().orThrow();
    assertThat(exploration.spuriousWakeUps().run().failure().orElseThrow().getCause())
        .hasMessage("woke on page 2");
  }

  private static Exploration exploration(Program program, boolean looksAgain) {
    return Exploration.of(loop -> program.run(looksAgain)).schedules(BUDGET);
  }
}
