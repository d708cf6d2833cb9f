package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.test.Leaks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Limits that a configuration parameter sets for all tests. */
class LimitsTest {

  @Test
  void aParameterLimitsTheVirtualTimeOfAllTestsThatDoNotSayIt() {
    List<Throwable> failures =
        Runs.failures(Runs.with(Map.of("standstill.timeout", "1 min"), Sleeping.class));

    assertThat(failures).hasSize(1);
    assertThat(failures.getFirst())
        .isInstanceOf(TimeoutException.class)
        .hasMessageStartingWith(
            "TestLoop \"Sleeping.sleeps\": not done after PT1M of virtual time.");
  }

  @Test
  void withoutAParameterVirtualTimeHasNoLimit() {
    Runs.passing(Sleeping.class);
  }

  static class Sleeping {
    @LoopTest
    void sleeps() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }

    @LoopTest(timeout = "2 h")
    void saysHowLong() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }
  }

  @Test
  void aParameterLimitsTheRealTimeOfAllTestsThatDoNotSayIt() {
    assertThat(failureInRealTime("50 ms", Hanging.class))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining(" took 50 ms of real time, its limit.");
  }

  @Test
  void theValueOfTheAnnotationWins() {
    assertThat(failureInRealTime("1 h", SayingHowLong.class))
        .hasMessageContaining(" took 60 ms of real time, its limit.");
  }

  @Test
  void theParameterAlsoLimitsTestsOnLoopsThatExist() {
    try (EventLoop application = EventLoop.start("application")) {
      HangingOnALoopThatExists.application = application;
      assertThat(failureInRealTime("70 ms", HangingOnALoopThatExists.class))
          .hasMessageContaining(" took 70 ms of real time, its limit.");
    }
  }

  private static Throwable failureInRealTime(String limit, Class<?> testClass) {
    return Runs.failing(Runs.with(Map.of("standstill.realTimeLimit", limit), testClass));
  }

  static class Hanging {
    @LoopTest(time = LoopTest.Time.REAL)
    void hangs() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  static class SayingHowLong {
    @LoopTest(time = LoopTest.Time.REAL, realTimeLimit = "60 ms")
    void hangs() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  static class HangingOnALoopThatExists {
    static EventLoop application;

    @RegisterExtension static final LoopExtension loops = LoopExtension.on(() -> application);

    @Test
    void hangs() throws InterruptedException {
      new CountDownLatch(1).await();
    }
  }

  @Test
  void whatDoesNotEndWhenItsLoopClosesIsAWarningHoweverShortTheLimitOfTests() {
    Spinning.goesOn = true;
    try {
      assertThat(
              Runs.failures(
                  Runs.with(Map.of("standstill.realTimeLimit", "500 ms"), Spinning.class)))
          .isEmpty();
    } finally {
      Spinning.goesOn = false;
    }
  }

  static class Spinning {
    static volatile boolean goesOn;

    @LoopTest(leaks = Leaks.WARN)
    void leavesAThreadThatSpinsOnceItIsInterrupted() {
      Thread.startVirtualThread(() -> {
        try {
          Thread.sleep(Duration.ofDays(1));
        } catch (InterruptedException e) {
          while (goesOn) {
            Thread.onSpinWait();
          }
        }
      });
    }
  }

  @Test
  void aParameterThatIsNoDurationIsRefused() {
    List<Throwable> failures =
        Runs.failures(Runs.with(Map.of("standstill.realTimeLimit", "soon"), Hanging.class));

    assertThat(failures)
        .first()
        .isInstanceOf(ExtensionConfigurationException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .startsWith(
            "The configuration parameter standstill.realTimeLimit = \"soon\" is no duration: write a number above 0 and one of the units ");
  }
}
