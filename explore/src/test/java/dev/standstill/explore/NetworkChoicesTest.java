package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.explore.programs.Exchanges;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a network may do is varied, too, and repeated by the token. */
class NetworkChoicesTest {

  private static final int BUDGET = 300;

  static Stream<Arguments> programs() {
    return Stream.of(
        program("short read", Exchanges::oneReadPerMessage, "took a part for a message"),
        program("lost datagram", Exchanges::asksOnce, "nobody has asked"),
        program("delay", Exchanges::firstSentIsFirstHere, "was overtaken"));
  }

  private static Arguments program(String name, Exploration.Body body, String failure) {
    return Arguments.of(name, body, failure);
  }

  private static Exploration exploration(Exploration.Body body) {
    return Exploration.of(body).settings(builder -> builder.network()).schedules(BUDGET);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void whatANetworkMayDoIsFound(String name, Exploration.Body body, String failure) {
    ExplorationResult result = exploration(body).run();

    assertThat(result.failure()).as("%s", result).isPresent();
    assertThat(result.failure().get().getCause()).hasMessage(failure);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void theTokenRepeatsIt(String name, Exploration.Body body, String failure) {
    Exploration exploration = exploration(body);
    ScheduleFailure found = exploration.run().failure().orElseThrow();

    ScheduleFailure again = exploration.replay(found.token().toString()).failure().orElseThrow();

    assertThat(again.getCause()).hasMessage(failure);
    assertThat(again.token()).isEqualTo(found.token());
  }

  @ParameterizedTest
  @EnumSource(names = {"RANDOM", "STICKY", "PCT", "POS", "SURW", "DFS"})
  void eachStrategyVariesIt(SearchStrategy strategy) {
    ExplorationResult result = exploration(Exchanges::oneReadPerMessage).strategy(strategy).run();

    assertThat(result.failure()).as("%s", result).isPresent();
  }

  @Test
  void whoReadsOnIsNotHarmed() {
    exploration(Exchanges::asManyReadsAsItTakes).run().orThrow();
  }
}
