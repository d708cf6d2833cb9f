package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Spins;
import dev.standstill.test.LivelockException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who waits in a loop does not keep others from running, and ends when they have done it. */
class SpinsTest {

  private static final Map<String, ClassicBugsTest.Program> PROGRAMS =
      Map.of(
          "busy", Spins::busy,
          "onSpinWait", Spins::onSpinWait,
          "yields", Spins::yields,
          "tryLock", Spins::tryLock,
          "spin lock", Spins::spinLock,
          "turns", Spins::turns,
          "inside of a monitor", Spins::insideMonitor,
          "for a time", Spins::forATime);

  static Stream<Arguments> programsByStrategy() {
    return PROGRAMS.keySet().stream()
        .sorted()
        .flatMap(name ->
            Stream.of(SearchStrategy.values()).map(strategy -> Arguments.of(name, strategy)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("programsByStrategy")
  void end(String name, SearchStrategy strategy) {
    ClassicBugsTest.Program program = PROGRAMS.get(name);

    ExplorationResult result =
        Exploration.of(loop -> program.run()).strategy(strategy).schedules(100).run().orThrow();

    assertThat(result.limits()).noneMatch(limit -> limit.contains("went on for so long"));
  }

  @Test
  void areToldIfTheyNeverEnd() {
    for (SearchStrategy strategy : SearchStrategy.values()) {
      ExplorationResult result =
          Exploration.of(loop -> Spins.forEver()).strategy(strategy).schedules(1).run();
      assertThat(result.failure()).as("%s: %s", strategy, result).isPresent();
      assertThat(result.failure().get().getCause()).isInstanceOf(LivelockException.class);
    }
  }

  @Test
  void areToldIfTasksMakeWayForEachOther() {
    ExplorationResult result = politely().schedules(2).run();

    assertThat(result.failure().orElseThrow().getCause()).isInstanceOf(LivelockException.class);
  }

  @Test
  void areRepeatedByATokenOfAFewLines() {
    Exploration exploration = politely().strategy(SearchStrategy.FIFO).schedules(1);
    ScheduleFailure found = exploration.run().failure().orElseThrow();
    String token = found.token().toString();

    assertThat(token.length()).as(token).isLessThan(500);
    assertThat(exploration.replay(token).failure().orElseThrow().getCause())
        .isInstanceOf(LivelockException.class);
  }

  /** Without the classes of another test, whose initialisers start timers. */
  private static Exploration politely() {
    return Exploration.of(loop -> Spins.politely())
        .exclude("dev.standstill.explore.programs.Statics*");
  }
}
