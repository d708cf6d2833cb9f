package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.DeadlockException;
import dev.standstill.test.LeakedTaskException;
import dev.standstill.test.TaskFailedException;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Event;

/** Tests of every kind that pass and fail side by side: what is reported for which. */
class OutcomesTest {

  /** Each test that was run, with what it threw. */
  private static List<String> outcomes(EngineExecutionResults results) {
    return results.testEvents().finished().map(OutcomesTest::outcome).toList();
  }

  private static String outcome(Event event) {
    return event.getTestDescriptor().getDisplayName()
        + event
            .getRequiredPayload(TestExecutionResult.class)
            .getThrowable()
            .map(failure -> ": " + failure.getClass().getSimpleName() + ": " + failure.getMessage())
            .orElse("");
  }

  @Test
  void eachParameterPassesOrFailsByItself() {
    assertThat(outcomes(Runs.of(Parameters.class)))
        .containsExactly("[1] 1", "[2] 2: IllegalStateException: 2 s have passed", "[3] 3");
  }

  @LoopTest
  static class Parameters {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void sleeps(int seconds, TestLoop loop) throws InterruptedException {
      Thread.sleep(Duration.ofSeconds(seconds));
      Duration passed = Duration.between(TestLoop.DEFAULT_START, loop.now());
      if (passed.toSeconds() == 2) {
        throw new IllegalStateException(passed.toSeconds() + " s have passed");
      }
    }
  }

  @Test
  void aTestFailsWithWhatItHasThrownWhateverFuturesMakeOfThat() {
    assertThat(outcomes(Runs.of(ThrowingWhatFuturesKnow.class)))
        .containsExactlyInAnyOrder(
            "isCancelled(): CancellationException: on purpose",
            "joins(): CompletionException: joined");
  }

  @LoopTest
  static class ThrowingWhatFuturesKnow {
    @Test
    void isCancelled() {
      throw new CancellationException("on purpose");
    }

    @Test
    void joins() {
      throw new CompletionException("joined", new IllegalStateException("cause"));
    }
  }

  @Test
  void dynamicTestsPassOrFailByThemselves() {
    assertThat(outcomes(Runs.of(Factory.class)))
        .containsExactly("passes", "fails: IllegalStateException: on purpose", "passes again");
  }

  @LoopTest
  static class Factory {
    @TestFactory
    Stream<DynamicTest> tests() {
      return Stream.of(
          DynamicTest.dynamicTest("passes", () -> Thread.sleep(1)),
          DynamicTest.dynamicTest(
              "fails",
              () -> {
                throw new IllegalStateException("on purpose");
              }),
          DynamicTest.dynamicTest("passes again", () -> Thread.sleep(1)));
    }
  }

  @Test
  void nestedTestsFailWithTheirOwnLoop() {
    EngineExecutionResults results = Runs.of(Outer.class);

    assertThat(outcomes(results))
        .containsExactlyInAnyOrder("passes()", "fails(): IllegalStateException: inside");
    assertThat(Runs.details(Runs.failing(results)))
        .startsWith("It is 2000-01-01T02:00:00Z of virtual time");
  }

  @LoopTest
  static class Outer {
    @BeforeEach
    void sleeps() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }

    @Test
    void passes() {}

    @Nested
    class Inner {
      @BeforeEach
      void sleepsToo() throws InterruptedException {
        Thread.sleep(Duration.ofHours(1));
      }

      @Test
      void fails() {
        throw new IllegalStateException("inside");
      }
    }
  }

  @Test
  void aFailureOnTheLoopOfAClassLeavesTheOtherTestsAlone() {
    EngineExecutionResults results = Runs.of(OfOneLoop.class);

    assertThat(outcomes(results))
        .containsExactly(
            "first()", "second(): IllegalStateException: on purpose", "third(TestLoop)");
    assertThat(Runs.details(Runs.failing(results)))
        .startsWith("It is 2000-01-01T02:00:00Z of virtual time");
  }

  @LoopTest
  @LoopScope(LoopScope.Kind.CLASS)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class OfOneLoop {
    @BeforeEach
    void sleeps() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }

    @Test
    @Order(1)
    void first() {}

    @Test
    @Order(2)
    void second() {
      throw new IllegalStateException("on purpose");
    }

    @Test
    @Order(3)
    void third(TestLoop loop) {
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofHours(3)));
    }
  }

  @Test
  void aDeadlockOnTheLoopOfAClassLeavesTheOtherTestsAlone() {
    assertThat(Runs.failing(Runs.of(DeadlockOnOneLoop.class)))
        .isInstanceOf(DeadlockException.class)
        .hasMessageStartingWith("Deadlock: 1 task is blocked");
    Runs.of(DeadlockOnOneLoop.class)
        .testEvents()
        .assertStatistics(counts -> counts.succeeded(1).failed(1));
  }

  @LoopTest
  @LoopScope(LoopScope.Kind.CLASS)
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static class DeadlockOnOneLoop {
    @Test
    @Order(1)
    void waits() throws InterruptedException {
      new CountDownLatch(1).await();
    }

    @Test
    @Order(2)
    void passes() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }
  }

  @Test
  void inParallelEachTestFailsForItsOwnReasons() {
    List<Throwable> failures =
        Runs.failures(
            Runs.with(
                Map.of(
                    "junit.jupiter.execution.parallel.enabled", "true",
                    "junit.jupiter.execution.parallel.mode.default", "concurrent",
                    "junit.jupiter.execution.parallel.config.strategy", "fixed",
                    "junit.jupiter.execution.parallel.config.fixed.parallelism", "8"),
                EveryEnd.class));

    assertThat(failures)
        .extracting(Throwable::getClass)
        .<Class<?>>map(type -> type)
        .containsExactlyInAnyOrder(
            IllegalStateException.class,
            DeadlockException.class,
            LeakedTaskException.class,
            TaskFailedException.class,
            TimeoutException.class,
            ExecutionException.class);
    assertThat(failures).allSatisfy(failure -> assertThat(Runs.details(failure)).isNotEmpty());
  }

  @Test
  void noStackTraceShowsFramesOfOurs() {
    for (Throwable failure : Runs.failures(Runs.of(EveryEnd.class))) {
      assertThat(framesOf(failure))
          .filteredOn(frame -> frame.startsWith("at dev.standstill."))
          .allMatch(frame -> frame.startsWith("at " + EveryEnd.class.getName() + "."));
      assertThat(framesOf(failure).isEmpty()).isEqualTo(failure instanceof LeakedTaskException);
    }
  }

  private static List<String> framesOf(Throwable failure) {
    return Runs.print(failure)
        .lines()
        .filter(line -> line.startsWith("\t"))
        .map(String::strip)
        .filter(line -> line.startsWith("at "))
        .toList();
  }

  @LoopTest
  static class EveryEnd {
    @Test
    void passes() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }

    @Test
    void throwsByItself() throws InterruptedException {
      Thread.sleep(1);
      throw new IllegalStateException("by itself");
    }

    @Test
    void standsStill() throws InterruptedException {
      new CountDownLatch(1).await(-1, TimeUnit.SECONDS);
      new CountDownLatch(1).await();
    }

    @Test
    void leaves(TestLoop loop) {
      loop.spawn("left", () -> new CountDownLatch(1).await());
    }

    @Test
    void throwsInTheBackground() {
      Thread.startVirtualThread(() -> {
        throw new IllegalStateException("in the background");
      });
    }

    @LoopTest(timeout = "1 s")
    void takesTooLong() throws InterruptedException {
      Thread.sleep(Duration.ofHours(1));
    }

    @Test
    void asksForAFailure(TestLoop loop) throws Exception {
      loop.spawn(
              "failing",
              () -> {
                throw new IllegalStateException("in a task");
              })
          .get();
    }

    @AfterEach
    void sleeps() throws InterruptedException {
      Thread.sleep(1);
    }
  }
}
