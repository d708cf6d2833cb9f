package dev.standstill.test.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Names of parameters that nobody reads. */
class UnknownParametersTest {

  @Test
  void aNameThatIsKnownIsNotWarnedOf() {
    assertThat(UnknownParameters.warnings(UnknownParameters.KNOWN)).isEmpty();
  }

  @Test
  void namesOfOthersAreNotWarnedOf() {
    assertThat(
            UnknownParameters.warnings(List.of("junit.jupiter.execution.timeout.default", "stand")))
        .isEmpty();
  }

  @Test
  void aMistypedNameIsWarnedOfWithTheNearest() {
    assertThat(UnknownParameters.warnings(List.of("standstill.sedes", "Standstill.TimeOut")))
        .satisfiesExactly(
            first ->
                assertThat(first)
                    .isEqualTo(
                        "There is no parameter standstill.sedes, so it is ignored: is standstill.seeds meant? The others are "
                            + "standstill.allowReal, standstill.explore, standstill.failures, standstill.flakes, standstill.flakes.by, standstill.flakes.folder, standstill.flakes.for, standstill.keepGoing, standstill.leaks, standstill.loop, standstill.realTimeLimit, standstill.replay, standstill.report, standstill.results, standstill.shard, standstill.stacktraces, standstill.start, standstill.startLimit, standstill.timeline, standstill.timeout, standstill.virtualTime."),
            second -> assertThat(second).contains("is standstill.timeout meant?"));
  }
}
