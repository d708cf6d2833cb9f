package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What a loop does about tasks that are left, and how a test waits for one task. */
class LeaksTest {

  @Test
  void tasksThatAreLeftFailTheLoopThatIsToldSo() {
    TestLoop loop = TestLoop.builder().leaks(Leaks.FAIL).open();
    loop.spawn("worker", () -> new CountDownLatch(1).await());

    assertThatThrownBy(loop::close)
        .isInstanceOf(LeakedTaskException.class)
        .hasMessageStartingWith("TestLoop \"test\" was closed with 1 task left:")
        .hasMessageContaining("\"worker\" is blocked on a latch")
        .hasMessageContaining("started at " + LeaksTest.class.getName());
    assertThat(loop.isTerminated()).isTrue();
  }

  @Test
  void tasksThatCanGoOnAreNotLeft() throws Exception {
    TestLoop loop = TestLoop.builder().leaks(Leaks.FAIL).open();
    var queue = new LinkedBlockingQueue<Integer>();
    var taker = loop.spawn("taker", queue::take);
    loop.spawn("giver", () -> queue.put(42));

    loop.close();

    assertThat(taker.get()).isEqualTo(42);
  }

  @Test
  void closingDoesNotMoveTimeForTasksThatSleep() {
    TestLoop loop = TestLoop.builder().leaks(Leaks.FAIL).open();
    loop.spawn("sleeper", () -> Thread.sleep(Duration.ofHours(1)));

    assertThatThrownBy(loop::close).hasMessageContaining("\"sleeper\" is blocked on sleep");
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
  }

  @Test
  void tasksInTheBackgroundAreCutOff() {
    TestLoop loop = TestLoop.builder().leaks(Leaks.FAIL).open();
    var cutOff = new LinkedBlockingQueue<String>();
    loop.background()
        .spawn(
            "poller",
            () -> {
              Thread.startVirtualThread(() -> noteTheCut("child", cutOff));
              noteTheCut("poller", cutOff);
            });
    loop.runUntilBlocked();

    loop.close();

    assertThat(cutOff).containsExactlyInAnyOrder("poller", "child");
  }

  private static void noteTheCut(String who, LinkedBlockingQueue<String> cutOff) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      cutOff.add(who);
    }
  }

  @Test
  void whatATaskThrowsWhenItIsCutOffDoesNotFailTheLoop() {
    TestLoop loop = TestLoop.builder().leaks(Leaks.FAIL).open();
    loop.background()
        .spawn(
            "poller",
            () -> {
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                throw new IllegalStateException("cut off", e);
              }
            });
    loop.runUntilBlocked();

    loop.close();

    assertThat(loop.isTerminated()).isTrue();
  }

  @Test
  void aFailureThatNobodyAsksForOutlivesItsTask() {
    TestLoop loop = TestLoop.open();
    loop.execute(() -> {
      throw new IllegalStateException("boom");
    });
    loop.runUntilBlocked();
    System.gc();
    System.gc();

    assertThatThrownBy(loop::close)
        .isInstanceOf(TaskFailedException.class)
        .hasRootCauseMessage("boom");
  }

  @Test
  void aTestMayWaitForOneTaskAlone() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      var task =
          loop.spawn(
              "short",
              () -> {
                Thread.sleep(Duration.ofMinutes(1));
                return 42;
              });
      var other = loop.spawn("long", () -> Thread.sleep(Duration.ofHours(1)));

      assertThat(loop.runUntilDone(task)).isEqualTo(42);
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plusSeconds(60));
      assertThat(other.isDone()).isFalse();
      loop.runUntilDone(other);
    }
  }

  @Test
  void theWaitForATaskEndsWithTheTimeout() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      var task = loop.spawn("sleeper", () -> Thread.sleep(Duration.ofHours(1)));

      assertThatThrownBy(() -> loop.runUntilDone(task, Duration.ofMinutes(59)))
          .isInstanceOf(TimeoutException.class)
          .hasMessageContaining("not done after PT59M of virtual time")
          .hasMessageContaining("\"sleeper\" is blocked on sleep");
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofMinutes(59)));
      loop.runUntilDone(task, Duration.ofMinutes(1));
    }
  }

  @Test
  void aDeadlockIsToldBeforeTheTimeout() {
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.IGNORE).open()) {
      var task = loop.spawn("waiter", () -> new CountDownLatch(1).await());

      assertThatThrownBy(() -> loop.runUntilDone(task, Duration.ofMinutes(1)))
          .isInstanceOf(DeadlockException.class);
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
  }
}
