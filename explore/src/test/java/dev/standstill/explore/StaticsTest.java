package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.standstill.explore.programs.Statics;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Static fields start afresh under each schedule. */
class StaticsTest {

  static Stream<Arguments> programs() {
    return Stream.of(
        program("each kind of field", Statics::kinds),
        program("no initialiser", Statics::withoutInitializer),
        program("one needs another", Statics::oneNeedsAnother),
        program("each needs the other", Statics::eachNeedsTheOther),
        program("an initialiser throws", Statics::throwing),
        program("enums", Statics::enums),
        program("virtual time", Statics::time),
        program("a pool in virtual time", Statics::pool),
        program("places to switch", Statics::switchPoints),
        program("reflection", Statics::reflection));
  }

  private static Arguments program(String name, ClassicBugsTest.Program program) {
    return Arguments.of(name, program);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("programs")
  void startAfreshUnderEachSchedule(String name, ClassicBugsTest.Program program) {
    ExplorationResult result =
        Exploration.of(loop -> program.run()).strategy(SearchStrategy.RANDOM).schedules(30).run();

    assertThat(result.failure()).isEmpty();
    assertThat(result.schedules()).isEqualTo(30);
  }

  @Test
  void endTheExplorationIfTheyCannot() {
    Exploration exploration = Exploration.of(loop -> Statics.throwingLater());
    try {
      assertThatIllegalStateException()
          .isThrownBy(exploration::run)
          .withMessage(
              "The initialiser of %s$Moody failed when it ran again: exclude the class from those whose statics start afresh.",
              Statics.class.getName())
          .withRootCauseInstanceOf(IllegalArgumentException.class);
    } finally {
      System.clearProperty("standstill.test.moody");
    }
  }
}
