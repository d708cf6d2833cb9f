package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standstill.EventLoop.WhenFull;
import dev.standstill.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A limit on the work that is there at a time, in virtual time. */
class LimitTest {

  private final List<String> seen = new ArrayList<>();

  private void sleepAndSay(TestLoop loop, String text, Duration time) throws InterruptedException {
    Thread.sleep(time);
    seen.add(text + " at " + Duration.between(TestLoop.DEFAULT_START, loop.now()));
  }

  @Test
  void callersWaitInVirtualTime() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.setLimit(2, WhenFull.WAIT);
      loop.run(() -> {
        List<Task<?>> tasks = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
          String name = "task " + i;
          tasks.add(loop.spawn(name, () -> sleepAndSay(loop, name, Duration.ofHours(1))));
        }
        for (Task<?> task : tasks) {
          task.get();
        }
      });
    }

    assertThat(seen)
        .containsExactly("task 1 at PT1H", "task 2 at PT1H", "task 3 at PT2H", "task 4 at PT2H");
  }

  @Test
  void whatIsTooMuchIsRefused() {
    try (TestLoop loop = TestLoop.open()) {
      loop.setLimit(1, WhenFull.REFUSE);
      loop.spawn("one", () -> sleepAndSay(loop, "one", Duration.ofHours(1)));
      assertThatThrownBy(() -> loop.execute(() -> {}))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageStartingWith("TestLoop \"test\" is full: its limit is 1 task. ");
      loop.advance(Duration.ofHours(1));
      loop.execute(() -> seen.add("two"));
      loop.runUntilBlocked();
    }

    assertThat(seen).containsExactly("one at PT1H", "two");
  }

  @Test
  void callerThatWaitsForEverIsReportedWithWhatItWaitsFor() {
    var never = new CountDownLatch(1);
    DeadlockException deadlock;
    try (var _ = new CapturedLog();
        TestLoop loop = TestLoop.builder().name("orders").open()) {
      loop.setLimit(2, WhenFull.WAIT);
      deadlock =
          catchThrowableOfType(
              DeadlockException.class,
              () ->
                  loop.run(() -> {
                    loop.spawn("one", () -> never.await());
                    loop.spawn("two", () -> never.await());
                    loop.spawn("three", () -> never.await());
                  }));
    }

    assertThat(deadlock.getMessage())
        .contains(
            "\"main\" is blocked on park (a place on TestLoop \"orders\", whose limit is 2 tasks) since")
        .contains("      at " + LimitTest.class.getName())
        .contains("\"one\" is blocked on a latch");
  }

  @Test
  void threadThatHasToDriveIsRefused() {
    try (var _ = new CapturedLog();
        TestLoop loop = TestLoop.open()) {
      loop.setLimit(1, WhenFull.WAIT);
      loop.spawn("one", () -> {});
      assertThatThrownBy(() -> loop.spawn("two", () -> {}))
          .isInstanceOf(RejectedExecutionException.class)
          .hasMessageContaining("because the loop needs it to run them");
      loop.runUntilBlocked();
      loop.spawn("two", () -> {});
      loop.runUntilBlocked();
    }
  }

  @Test
  void platformThreadsOfTheProgramWaitAsTasksDo() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.setLimit(1, WhenFull.WAIT);
      loop.run(() -> {
        loop.spawn("one", () -> sleepAndSay(loop, "one", Duration.ofHours(1)));
        Thread caller =
            Thread.ofPlatform()
                .start(
                    () -> loop.spawn("two", () -> sleepAndSay(loop, "two", Duration.ofHours(1))));
        caller.join();
        seen.add("has started two at " + Duration.between(TestLoop.DEFAULT_START, loop.now()));
        Thread.sleep(Duration.ofHours(2));
      });
    }

    assertThat(seen).containsExactly("one at PT1H", "has started two at PT1H", "two at PT2H");
  }

  @Test
  void scheduledTasksWaitForTheirTurnAndWhatTheJdkSchedulesDoesNot() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.setLimit(1, WhenFull.REFUSE);
      loop.run(() -> {
        loop.spawn("one", () -> sleepAndSay(loop, "one", Duration.ofHours(2)));
        loop.schedule(() -> seen.add("scheduled"), Duration.ofHours(1));
        CompletableFuture.runAsync(
            () -> seen.add("delayed"), CompletableFuture.delayedExecutor(1, TimeUnit.HOURS));
        Thread.sleep(Duration.ofHours(3));
      });
    }

    assertThat(seen).containsExactly("delayed", "one at PT2H", "scheduled");
  }
}
