package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Locks;
import dev.standstill.explore.programs.Monitors;
import dev.standstill.explore.programs.Orders;
import dev.standstill.explore.programs.Races;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of mistake is found, whatever the seed, and not by luck: the number is printed. */
class ClassicBugsTest {

  private static final int SEEDS = 20;

  static Stream<Arguments> programs() {
    return Stream.of(
        program("lost update", Races::lostUpdate),
        program("check, then act", Races::checkThenAct),
        program("ABA on a stack", Races::abaOnAStack),
        program("needle of six turns", Races::needle),
        program("two monitors", () -> Locks.circleOfMonitors(2)),
        program("five monitors", () -> Locks.circleOfMonitors(5)),
        program("two locks", () -> Locks.circleOfLocks(2)),
        program("five locks", () -> Locks.circleOfLocks(5)),
        program("synchronized both ways", Locks::transferBothWays),
        program("wrong lock", Locks::wrongLock),
        program("starved writer", Locks::starvedWriter),
        program("missed notify", Monitors::missedNotify),
        program("wrong notify", Monitors::wrongNotify),
        program("if around wait", Monitors::ifAroundWait),
        program("interrupted buffer", Monitors::interruptedBuffer),
        program("order of 3", () -> Orders.reorder(3)),
        program("order of 10", () -> Orders.reorder(10)),
        program("order of 50", () -> Orders.reorder(50)),
        program("assert before the pool has run", Orders::assertBeforeThePoolHasRun),
        program("assert after the wrong signal", Orders::assertAfterTheWrongSignal),
        program("submit during shutdown", Orders::submitDuringShutdown),
        program("composition of futures", Orders::composition),
        program("time-out between two steps", Orders::timeoutBetweenTwoSteps));
  }

  private static Arguments program(String name, Program program) {
    return Arguments.of(name, program);
  }

  interface Program {
    void run() throws Exception;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void isFoundWhateverTheSeed(String name, Program program) {
    long[] needed =
        LongStream.range(0, SEEDS)
            .map(seed -> {
              ExplorationResult result =
                  Exploration.of(loop -> program.run())
                      .seed(seed * 1_000_000)
                      .schedules(20_000)
                      .run();
              assertThat(result.failure()).as("%s, seed %d: %s", name, seed, result).isPresent();
              return result.failure().orElseThrow().schedule();
            })
            .sorted()
            .toArray();
    System.out.printf(
        "%-32s median %6d, most %6d schedules%n", name, needed[SEEDS / 2], needed[SEEDS - 1]);
  }
}
