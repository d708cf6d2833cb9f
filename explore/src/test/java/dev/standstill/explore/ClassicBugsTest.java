package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Locks;
import dev.standstill.explore.programs.Monitors;
import dev.standstill.explore.programs.Orders;
import dev.standstill.explore.programs.Races;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of mistake is found soon, whatever the seed. The system property {@code
 * standstill.classic.print} has the numbers printed.
 */
class ClassicBugsTest {

  private static final int SEEDS = 20;
  private static final int BUDGET = 20_000;

  static Stream<Arguments> programs() {
    return Stream.of(
        program("lost update", 20, Races::lostUpdate),
        program("check, then act", 18, Races::checkThenAct),
        program("ABA on a stack", 34, Races::abaOnAStack),
        program("needle of six turns", 2_762, Races::needle),
        program("two monitors", 20, () -> Locks.circleOfMonitors(2)),
        program("five monitors", 2_072, () -> Locks.circleOfMonitors(5)),
        program("two locks", 32, () -> Locks.circleOfLocks(2)),
        program("five locks", 2_138, () -> Locks.circleOfLocks(5)),
        program("synchronized both ways", 20, Locks::transferBothWays),
        program("wrong lock", 22, Locks::wrongLock),
        program("starved writer", 2, Locks::starvedWriter),
        program("missed notify", 12, Monitors::missedNotify),
        program("wrong notify", 2, Monitors::wrongNotify),
        program("if around wait", 14, Monitors::ifAroundWait),
        program("interrupted buffer", 10, Monitors::interruptedBuffer),
        program("order of 3", 1_114, () -> Orders.reorder(3)),
        program("order of 10", 2_252, () -> Orders.reorder(10)),
        program("order of 50", 3_512, () -> Orders.reorder(50)),
        program("assert before the pool has run", 2, Orders::assertBeforeThePoolHasRun),
        program("assert after the wrong signal", 12, Orders::assertAfterTheWrongSignal),
        program("submit during shutdown", 120, Orders::submitDuringShutdown),
        program("composition of futures", 2, Orders::composition),
        program("time-out between two steps", 22, Orders::timeoutBetweenTwoSteps));
  }

  /**
   * @param schedules how many it takes at the most: twice what was seen
   */
  private static Arguments program(String name, int schedules, Program program) {
    return Arguments.of(name, schedules, program);
  }

  interface Program {
    void run() throws Exception;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void isFoundWhateverTheSeed(String name, int schedules, Program program) {
    long[] needed =
        LongStream.range(0, SEEDS)
            .map(seed -> {
              ExplorationResult result =
                  Exploration.of(loop -> program.run())
                      .seed(seed * 1_000_000)
                      .schedules(BUDGET)
                      .shrinkFor(Duration.ZERO)
                      .run();
              assertThat(result.failure()).as("seed %d: %s", seed, result).isPresent();
              return result.failure().orElseThrow().schedule();
            })
            .sorted()
            .toArray();

    assertThat(needed[SEEDS - 1]).isLessThanOrEqualTo(schedules);
    if (Boolean.getBoolean("standstill.classic.print")) {
      System.out.printf(
          "%-32s median %6d, most %6d schedules%n", name, needed[SEEDS / 2], needed[SEEDS - 1]);
    }
  }
}
