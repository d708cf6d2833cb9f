package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Nothing is expected for a while, by the driver and by tasks. */
class ExpectNothingTest {

  @Test
  void whatCanRunNowRunsBefore() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      List<String> log = new ArrayList<>();
      loop.spawn("now", () -> log.add("now"));

      loop.expectNothing(Duration.ofDays(365));

      assertThat(log).containsExactly("now");
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofDays(365)));
    }
  }

  @Test
  void whatIsDueAtTheEndHappensAndWhatIsDueLaterDoesNot() throws Exception {
    for (long seed = 0; seed < 50; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        loop.run(() -> {
          loop.spawn("reminder", () -> Thread.sleep(Duration.ofDays(2)));
          loop.expectNothing(Duration.ofDays(2).minusNanos(1));
          assertThatExceptionOfType(AssertionError.class)
              .isThrownBy(() -> loop.expectNothing(Duration.ofNanos(1)));
          return null;
        });
        assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofDays(2)));
      }
    }
  }

  @Test
  void theFirstTaskThatRanIsNamedWithItsTimeAndPlace() {
    try (TestLoop loop = TestLoop.builder().name("shop").withoutReplayHint().open()) {
      loop.background().spawn("reminder", ExpectNothingTest::remindTwice);

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> loop.expectNothing(Duration.ofHours(5)))
          .withMessageStartingWith(
              "TestLoop \"shop\": nothing was to happen for PT5H, and after PT2H \"reminder\" ran, the first of 2 slices.")
          .withMessageContaining("ExpectNothingTest.remindTwice(ExpectNothingTest.java:")
          .withMessageContaining(
              "started at dev.standstill.test.ExpectNothingTest.theFirstTaskThatRanIsNamedWithItsTimeAndPlace");
    }
  }

  private static void remindTwice() throws InterruptedException {
    Thread.sleep(Duration.ofHours(2));
    Thread.sleep(Duration.ofHours(2));
  }

  @Test
  void callbacksAreTasksToo() {
    try (TestLoop loop = TestLoop.open()) {
      loop.schedule(() -> {}, Duration.ofSeconds(1));

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> loop.expectNothing(Duration.ofSeconds(1)))
          .withMessageContaining("after PT1S")
          .withMessageContaining("To repeat the run: ");
    }
  }

  @Test
  void whatTheCallingTaskDoesDoesNotCount() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        loop.expectNothing(Duration.ofHours(1));
        loop.expectNothing(Duration.ZERO);
        return null;
      });
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofHours(1)));
    }
  }

  @Test
  void twoTasksMayExpectNothingOneAfterTheOther() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      var other = loop.spawn("other", () -> loop.expectNothing(Duration.ofHours(2)));
      loop.runUntilBlocked();

      assertThatExceptionOfType(AssertionError.class)
          .isThrownBy(() -> loop.expectNothing(Duration.ofHours(2)))
          .withMessageContaining("\"other\" ran");
      loop.runUntilDone(other);
    }
  }

  @Test
  void whatHappensAfterwardsIsNoConcern() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      var late = new CountDownLatch(1);
      loop.schedule(late::countDown, Duration.ofHours(2));
      loop.expectNothing(Duration.ofHours(1));
      loop.advance(Duration.ofHours(1));
      loop.expectNothing(Duration.ofHours(1));
      assertThat(late.getCount()).isZero();
    }
  }

  @Test
  void aNegativeDurationIsRefused() {
    try (TestLoop loop = TestLoop.open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> loop.expectNothing(Duration.ofNanos(-1)))
          .withMessage("Nothing can be expected for 0 or more, not for PT-0.000000001S.");
    }
  }
}
