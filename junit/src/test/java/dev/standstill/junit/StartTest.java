package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.TestLoop;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When the virtual time of tests starts. */
class StartTest {

  /** At which instants tests began, in their order. */
  private static final List<Instant> BEGAN = Collections.synchronizedList(new ArrayList<>());

  @BeforeEach
  void forget() {
    BEGAN.clear();
  }

  private static List<Instant> begin(Map<String, String> parameters, Class<?> testClass) {
    assertThat(Runs.failures(Runs.with(parameters, testClass))).isEmpty();
    return List.copyOf(BEGAN);
  }

  static class Silent {
    @LoopTest
    void begins() {
      BEGAN.add(Instant.now());
    }
  }

  @Test
  void isAlwaysTheSameUnlessSomebodySaysAnother() {
    assertThat(begin(Map.of(), Silent.class)).containsExactly(TestLoop.DEFAULT_START);
  }

  @Test
  void aParameterSetsItForAllTests() {
    assertThat(begin(Map.of("standstill.start", "2026-03-28T23:30:00Z"), Silent.class))
        .containsExactly(Instant.parse("2026-03-28T23:30:00Z"));
  }

  @Test
  void aDateIsItsMidnightInUtc() {
    assertThat(begin(Map.of("standstill.start", " 2026-03-28 "), Silent.class))
        .containsExactly(Instant.parse("2026-03-28T00:00:00Z"));
  }

  @Test
  void nowIsTheTimeOfTheMachineInWholeSeconds() {
    Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    List<Instant> began = begin(Map.of("standstill.start", "now"), Silent.class);

    assertThat(began)
        .singleElement()
        .satisfies(start -> assertThat(start).isBetween(before, Instant.now()))
        .satisfies(start -> assertThat(start.getNano()).isZero());
  }

  static class Saying {
    @LoopTest(start = "2030-01-02")
    void begins(Clock clock) {
      BEGAN.add(clock.instant());
    }
  }

  @Test
  void whatTheAnnotationSaysWins() {
    assertThat(begin(Map.of("standstill.start", "now"), Saying.class))
        .containsExactly(Instant.parse("2030-01-02T00:00:00Z"));
  }

  static class Exploring {
    @LoopTest(explore = 20, start = "now")
    void begins(TestLoop loop) throws Exception {
      BEGAN.add(Instant.now());
      Thread other = Thread.startVirtualThread(Thread::yield);
      other.join();
    }
  }

  @Test
  void allSchedulesOfATestThatAreExploredBeginAtOneInstant() {
    List<Instant> began = begin(Map.of(), Exploring.class);

    assertThat(began).isNotEmpty();
    assertThat(began.stream().distinct()).hasSize(1);
  }

  static class Mistaken {
    @LoopTest(start = "tomorrow")
    void begins() {}
  }

  @Test
  void whatCannotBeReadFailsTheTest() {
    assertThat(Runs.print(Runs.failing(Mistaken.class)))
        .contains(
            "@LoopTest(start = \"tomorrow\") is no instant: write one such as 2026-03-28T23:30:00Z, a date such as 2026-03-28, or now for the machine's time.");
  }
}
