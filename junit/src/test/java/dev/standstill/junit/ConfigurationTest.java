package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.TestLoop;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that cannot be read. */
class ConfigurationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          standstill.seeds         | many      | is no number of schedules: write a whole number, 0 or more
          standstill.seeds         | -1        | is no number of schedules
          standstill.explore       | 1e3       | is no number of schedules
          standstill.flakes        | all       | is no number of schedules
          standstill.flakes.for    | half past | is no duration: write a number above 0
          standstill.timeout       | 5         | is no duration
          standstill.realTimeLimit | soon      | is no duration
          standstill.start         | today     | is no instant: write one such as 2026-03-28T23:30:00Z
          standstill.start         | 2026-02-30 | is no instant
          standstill.keepGoing     | yes       | is neither "true" nor "false", which it can be.
          standstill.stacktraces   | long      | is neither "full" nor "short", which it can be.
          standstill.virtualTime   | on        | is neither "true" nor "false", which it can be.
          standstill.replay        | 2-s1f     | cannot be repeated: "2-s1f" is no replay token
          standstill.replay        | x@A.b     | cannot be repeated: "x" is no replay token
          """)
  void areRefusedWithTheNameOfTheParameter(String parameter, String value, String why) {
    Map<String, String> both =
        parameter.equals("standstill.flakes.for")
            ? Map.of(parameter, value, "standstill.flakes", "1")
            : Map.of(parameter, value);

    assertThat(Runs.failures(Runs.with(both, Passing.class)))
        .first()
        .satisfies(failure ->
            assertThat(Runs.print(failure))
                .contains("The configuration parameter %s = \"%s\"".formatted(parameter, value))
                .contains(why));
  }

  static class Passing {
    @LoopTest
    void passes(TestLoop loop) {}
  }

  @Test
  void aNegativeNumberOfSeedsIsNoTestThatDoesNotRun() {
    assertThat(Runs.print(Runs.failing(FewerThanNone.class)))
        .contains("@LoopTest(seeds = -3) is no number of schedules");
  }

  static class FewerThanNone {
    @LoopTest(seeds = -3)
    void passes() {}
  }

  @Test
  void blanksDoNotMatter() {
    assertThat(Runs.tests(Runs.with(Map.of("standstill.seeds", " 3 "), Passing.class))).hasSize(3);
  }
}
