package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** {@link TestLoop#runToEnd} leaves no task behind. */
class RunToEndTest {

  @Test
  void runsTasksThatNobodyWaitsForToTheirEnd() {
    try (TestLoop loop = TestLoop.open()) {
      loop.spawn("parent", () -> Thread.startVirtualThread(() -> sleep(Duration.ofHours(1))));

      loop.runToEnd();

      assertThat(loop.blocked()).isEmpty();
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofHours(1)));
    }
  }

  @Test
  void refusesToLeaveTaskThatIsBlockedForEver() {
    try (TestLoop loop = TestLoop.open()) {
      loop.spawn("stuck", () -> new CountDownLatch(1).await());

      assertThatThrownBy(loop::runToEnd)
          .isInstanceOf(DeadlockException.class)
          .hasMessageContaining("\"stuck\" is blocked on");
    }
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException e) {
      throw new AssertionError("Nobody interrupts this task.", e);
    }
  }
}
