package dev.standstill.examples.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.network.Network;
import dev.standstill.test.TestLoop;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the examples show takes the same time in whatever order tasks run, twice and by replay. */
@EnabledOnOs(OS.LINUX)
class FaultsUnderSeedsTest {

  private static final int SEEDS = 10;

  @FunctionalInterface
  private interface Scenario {
    void run(Network net) throws Exception;
  }

  static Stream<Arguments> scenarios() {
    return Stream.of(
        scenario(
            "a retry storm",
            net -> new RetryStormTest().whoAsksOverOneConnectionIsHeardLateAndManyTimes(net)),
        scenario(
            "no retry storm", net -> new RetryStormTest().whoConnectsAgainIsHeardSoonAndOnce(net)),
        scenario(
            "an idle connection",
            net -> {
              IdleConnectionTest test = new IdleConnectionTest();
              test.idle(net);
              test.whoTrustsItWaitsForAQuarterOfAnHour();
            }),
        scenario(
            "an idle connection that is not trusted",
            net -> {
              IdleConnectionTest test = new IdleConnectionTest();
              test.idle(net);
              test.whoDoesNotHasAnAnswerAfterTwoSeconds();
            }),
        scenario(
            "a leader that pauses",
            net -> new LeaseTest().aLeaderThatHasSleptOverwritesWhatItsSuccessorDoes(net)),
        scenario(
            "a leader that pauses, and is refused",
            net -> new LeaseTest().theRegistryRefusesAnOldLease(net)));
  }

  private static Arguments scenario(String name, Scenario scenario) {
    return Arguments.of(name, scenario);
  }

  /** Returns what repeats the run, which tells whether another was the same. */
  private static String run(TestLoop.Builder schedule, Scenario scenario) throws Exception {
    try (TestLoop loop = schedule.network().open()) {
      loop.run(() -> {
        scenario.run(Network.of(loop));
        return null;
      });
      return loop.replayToken().toString();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("scenarios")
  void eachSeedTakesTheSameTimeTwiceAndByReplay(String name, Scenario scenario) throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      String token = run(TestLoop.builder().seed(seed), scenario);
      assertThat(run(TestLoop.builder().seed(seed), scenario)).as("seed %s", seed).isEqualTo(token);
      assertThat(run(TestLoop.builder().replay(token), scenario)).isEqualTo(token);
    }
  }
}
