package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Locks;
import dev.standstill.explore.programs.Races;
import dev.standstill.test.DeadlockException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A failing schedule is made as small as it can be, whatever it was at first. */
class ShrinkingTest {

  /** What another test explores, whose initialisers start timers. */
  private static final String TIMERS = "dev.standstill.explore.programs.Statics*";

  private static final int SEEDS = 10;

  static Stream<Arguments> programs() {
    return Stream.of(
        program("lost update", 1, Races::lostUpdate),
        program("check, then act", 1, Races::checkThenAct),
        program("two monitors", 1, () -> Locks.circleOfMonitors(2)),
        program("two locks", 1, () -> Locks.circleOfLocks(2)),
        program("synchronized both ways", 1, Locks::transferBothWays),
        program("five monitors", 2, () -> Locks.circleOfMonitors(5)));
  }

  static Stream<Arguments> allPrograms() {
    return Stream.concat(programs(), Stream.of(program("needle of six turns", 4, Races::needle)));
  }

  private static Arguments program(String name, int switches, ClassicBugsTest.Program program) {
    return Arguments.of(name, switches, program);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void onlyTheSwitchesThatDecideAreLeft(
      String name, int switches, ClassicBugsTest.Program program) {
    assertOnlyThoseAreLeft(name, switches, program);
  }

  @Test
  @Tag("slow")
  void onlyTheSwitchesThatDecideAreLeftOfManyTurns() {
    assertOnlyThoseAreLeft("needle of six turns", 4, Races::needle);
  }

  private static void assertOnlyThoseAreLeft(
      String name, int switches, ClassicBugsTest.Program program) {
    for (SearchStrategy strategy :
        new SearchStrategy[] {SearchStrategy.AUTO, SearchStrategy.POS, SearchStrategy.PCT}) {
      for (long seed = 0; seed < SEEDS; seed++) {
        ScheduleFailure failure = find(program, strategy, seed);

        assertThat(failure.switches())
            .as("%s, seed %d: %s", strategy, seed, failure.report())
            .isEqualTo(switches);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("allPrograms")
  void theTokenOfTheSmallScheduleRepeatsTheSameFailure(
      String name, int switches, ClassicBugsTest.Program program) {
    ScheduleFailure found = find(program, SearchStrategy.AUTO, 0);

    ScheduleFailure again =
        Exploration.of(loop -> program.run())
            .exclude(TIMERS)
            .replay(found.token().toString())
            .failure()
            .orElseThrow();

    assertThat(again.getCause()).hasSameClassAs(found.getCause());
    assertThat(again.switches()).isEqualTo(switches);
    assertThat(found.report()).startsWith(again.report());
    assertThat(again.steps()).isEqualTo(found.steps());
  }

  private static ScheduleFailure find(
      ClassicBugsTest.Program program, SearchStrategy strategy, long seed) {
    return Exploration.of(loop -> program.run())
        .exclude(TIMERS)
        .strategy(strategy)
        .seed(seed * 1_000_000)
        .schedules(500_000)
        .run()
        .failure()
        .orElseThrow();
  }

  @Test
  void aDeadlockStaysTheSameDeadlock() {
    ScheduleFailure failure = find(() -> Locks.circleOfLocks(5), SearchStrategy.AUTO, 3);

    assertThat(failure.getCause())
        .isInstanceOfSatisfying(
            DeadlockException.class, deadlock -> assertThat(deadlock.blocked()).hasSize(6));
  }

  @Test
  void aScheduleIsLeftAsItWasFoundIfThatIsAsked() {
    ScheduleFailure failure =
        Exploration.of(loop -> Races.lostUpdate())
            .strategy(SearchStrategy.POS)
            .shrinkFor(Duration.ZERO)
            .run()
            .failure()
            .orElseThrow();

    assertThat(failure.switches()).isGreaterThan(1);
    assertThat(failure.report()).doesNotContain("shrunk");
  }

  @Test
  @Tag("slow")
  void aScheduleOfAHundredThousandPointsIsShrunkInUnderAMinute() {
    long began = System.nanoTime();
    ScheduleFailure failure =
        Exploration.of(loop -> Races.lostUpdateAmong(50_000))
            .strategy(SearchStrategy.RANDOM)
            .shrinkFor(Duration.ofSeconds(50))
            .run()
            .failure()
            .orElseThrow();
    ExplorationResult again =
        Exploration.of(loop -> Races.lostUpdateAmong(50_000)).replay(failure.token().toString());

    assertThat(failure.switches()).isEqualTo(1);
    assertThat(failure.steps()).hasSizeGreaterThan(100_000);
    assertThat(again.failure().orElseThrow().report())
        .isEqualTo(failure.report().substring(0, again.failure().orElseThrow().report().length()));
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMinutes(1));
  }
}
