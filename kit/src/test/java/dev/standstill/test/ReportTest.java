package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.Event;
import dev.standstill.TaskGroup;
import dev.standstill.Timeout;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** {@link TestLoop#report} tells any thread what the tasks do. */
class ReportTest {

  @Test
  void tasksThatCanRunAreShownAfterThoseThatAreBlocked() {
    try (TestLoop loop = TestLoop.open()) {
      var gate = new CountDownLatch(1);
      loop.spawn("waits", () -> gate.await());
      loop.spawn("busy", () -> Thread.yield());
      loop.step();
      loop.step();

      assertThat(loop.report())
          .startsWith(
              "TestLoop \"test\" at 2000-01-01T00:00:00Z: 1 task is blocked, 1 can run.\n"
                  + "  \"waits\" is blocked on a latch (CountDownLatch#1)")
          .contains("  \"busy\" can run\n      at dev.standstill.test.ReportTest.");
      gate.countDown();
    }
  }

  @Test
  void placesAreThoseOfTheProgramAndNotOfWhatLoopsOffer() {
    try (TestLoop loop = TestLoop.open()) {
      var event = new Event();
      loop.spawn(
          "owner",
          () -> {
            try (var group = TaskGroup.open()) {
              group.spawn("child", () -> Timeout.after(Duration.ofHours(1), () -> await(event)));
              group.join();
            }
          });
      loop.runUntilBlocked();

      assertThat(loop.report().lines().map(String::strip))
          .filteredOn(line -> line.startsWith("at ") || line.startsWith("started at "))
          .isNotEmpty()
          .allMatch(line -> line.contains("at dev.standstill.test.ReportTest."));
      event.set();
      loop.runUntilBlocked();
    }
  }

  @Test
  void theCycleIsShownWhileOthersStillRun() {
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.IGNORE).open()) {
      var one = new ReentrantLock();
      var two = new ReentrantLock();
      loop.spawn("first", () -> nest(one, two));
      loop.spawn("second", () -> nest(two, one));
      loop.spawn("busy", () -> Thread.yield());
      loop.step();
      loop.step();
      loop.step();
      loop.step();
      loop.step();

      assertThat(loop.report())
          .contains(", 1 can run")
          .endsWith(
              "Cycle: \"first\" holds ReentrantLock#2, wants ReentrantLock#1\n"
                  + "     → \"second\" holds ReentrantLock#1, wants ReentrantLock#2");
    }
  }

  private static void nest(ReentrantLock outer, ReentrantLock inner) throws InterruptedException {
    outer.lock();
    Thread.yield();
    inner.lockInterruptibly();
  }

  @Test
  void tasksThatAreBlockedAtOnePlaceAreOneEntry() {
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.IGNORE).open()) {
      var gate = new CountDownLatch(1);
      for (int i = 0; i < 10_000; i++) {
        loop.spawn(() -> gate.await());
      }
      loop.runUntilBlocked();

      String report = loop.report();

      assertThat(report)
          .contains(": 10000 tasks are blocked.\n  \"task-1\" is blocked on a latch")
          .contains("  and 9,999 more like this: \"task-2\", \"task-3\", \"task-4\", …");
      assertThat(report.lines()).hasSizeLessThan(10);
    }
  }

  private static boolean await(Event event) throws InterruptedException {
    event.await();
    return true;
  }

  @Test
  void taskThatComputesWithoutEndIsBlamedWhenAnotherThreadAsks() throws InterruptedException {
    try (TestLoop loop = TestLoop.open()) {
      var began = new CountDownLatch(1);
      var over = new AtomicBoolean();
      loop.spawn(() -> {
        began.countDown();
        while (!over.get()) {
          // not Thread.onSpinWait(), which lets other tasks run
        }
      });
      Thread driver = Thread.ofPlatform().start(loop::runReady);
      began.await();

      assertThatThrownBy(loop::report)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(
              "TestLoop \"test\" cannot be looked into: a task computes without letting go of the carrier.")
          .hasMessageContaining("\"task-1\" is running\n      at dev.standstill.test.ReportTest.");

      over.set(true);
      driver.join();
    }
  }
}
