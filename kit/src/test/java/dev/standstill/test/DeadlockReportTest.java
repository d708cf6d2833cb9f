package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standstill.Event;
import dev.standstill.ThrowingRunnable;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** A deadlock is reported as one: who holds what, who waits for it, where, and how to repeat it. */
class DeadlockReportTest {

  private final ReentrantLock lock = new ReentrantLock();
  private final Object monitor = new Object();

  private static DeadlockException deadlock(ThrowingRunnable main) {
    try (var _ = new CapturedLog();
        TestLoop loop = TestLoop.open()) {
      return catchThrowableOfType(DeadlockException.class, () -> loop.run(main));
    }
  }

  /** The report without the places, which begin with white space and "at" or "started at". */
  private static List<String> facts(DeadlockException deadlock) {
    return deadlock
        .getMessage()
        .lines()
        .filter(line -> !line.matches(" +(started )?at .*"))
        .map(line -> line.replaceFirst("replay\\(\".*\"\\)", "replay(…)"))
        .toList();
  }

  private static Thread start(String name, Runnable body) {
    return Thread.ofVirtual().name(name).start(body);
  }

  private static void both(Runnable one, Runnable two) throws InterruptedException {
    Thread first = start("one", one);
    Thread second = start("two", two);
    first.join();
    second.join();
  }

  @Test
  void aCycleOfMonitorsIsShown() {
    var other = new StringBuilder();

    DeadlockException deadlock =
        deadlock(() -> both(() -> nest(monitor, other), () -> nest(other, monitor)));

    assertThat(facts(deadlock))
        .containsExactly(
            "Deadlock: 2 tasks wait for each other.",
            "  \"main\" is blocked on join of \"one\" since 2000-01-01T00:00:00Z",
            "  \"one\" is blocked on a monitor (StringBuilder#1) of \"two\" since 2000-01-01T00:00:00Z",
            "  \"two\" is blocked on a monitor (Object#1) of \"one\" since 2000-01-01T00:00:00Z",
            "Cycle: \"one\" holds Object#1, wants StringBuilder#1",
            "     → \"two\" holds StringBuilder#1, wants Object#1",
            "To repeat the run: TestLoop.builder().replay(…)");
    assertThat(deadlock.getMessage())
        .contains(
            "      at " + DeadlockReportTest.class.getName() + ".nest(DeadlockReportTest.java:")
        .contains("      started at " + DeadlockReportTest.class.getName() + ".start(");
  }

  private static void nest(Object outer, Object inner) {
    synchronized (outer) {
      Thread.yield();
      synchronized (inner) {
        Thread.yield();
      }
    }
  }

  @Test
  void aCycleOfALockAndAMonitorIsShown() {
    DeadlockException deadlock =
        deadlock(() -> both(this::takeLockThenMonitor, this::takeMonitorThenLock));

    assertThat(facts(deadlock))
        .contains(
            "Cycle: \"one\" holds ReentrantLock#1, wants Object#1",
            "     → \"two\" holds Object#1, wants ReentrantLock#1");
  }

  private void takeLockThenMonitor() {
    lock.lock();
    Thread.yield();
    synchronized (monitor) {
      lock.unlock();
    }
  }

  private void takeMonitorThenLock() {
    synchronized (monitor) {
      Thread.yield();
      lock.lock();
      lock.unlock();
    }
  }

  @Test
  void aLongerCycleIsShownWithoutThoseWhoOnlyWaitForIt() {
    Object[] forks = {new Object(), new Object(), new Object()};

    DeadlockException deadlock =
        deadlock(() -> {
          for (int i = 0; i < 3; i++) {
            int seat = i;
            start("philosopher-" + i, () -> nest(forks[seat], forks[(seat + 1) % 3]));
          }
          Thread.yield();
          nest(forks[0], monitor);
        });

    assertThat(facts(deadlock).getFirst()).isEqualTo("Deadlock: 3 tasks wait for each other.");
    assertThat(facts(deadlock))
        .filteredOn(line -> line.contains(" holds "))
        .hasSize(3)
        .noneMatch(line -> line.contains("main"));
  }

  @Test
  void withoutACycleTheFactIsThatNothingCanWakeThem() {
    var never = new Event();
    var queue = new LinkedBlockingQueue<String>();

    DeadlockException deadlock =
        deadlock(() -> {
          start("taker", () -> take(queue));
          never.await();
        });

    assertThat(facts(deadlock))
        .containsExactly(
            "Deadlock: 2 tasks are blocked, no timer is pending, and nothing outside is known to wake them. If a thread outside will, hold time meanwhile: loop.holdTime(reason).",
            "  \"main\" is blocked on a condition (Condition#1) since 2000-01-01T00:00:00Z",
            "  \"taker\" is blocked on a queue (Condition#2) since 2000-01-01T00:00:00Z",
            "To repeat the run: TestLoop.builder().replay(…)");
  }

  private static void take(LinkedBlockingQueue<String> queue) {
    try {
      queue.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aTaskThatWaitsForItselfAloneIsTold() {
    DeadlockException deadlock = deadlock(() -> new CountDownLatch(1).await());

    assertThat(facts(deadlock).getFirst())
        .isEqualTo(
            "Deadlock: 1 task is blocked, no timer is pending, and nothing outside is known to wake it. If a thread outside will, hold time meanwhile: loop.holdTime(reason).");
    assertThat(deadlock.blocked())
        .singleElement()
        .returns("main", BlockedTask::name)
        .returns(BlockedOn.LATCH, BlockedTask::on);
  }

  @Test
  void failuresOfOtherTasksAreSuppressedInIt() {
    DeadlockException deadlock =
        deadlock(() -> {
          start(
              "broken",
              () -> {
                throw new IllegalStateException("the reason");
              });
          new Event().await();
        });

    assertThat(deadlock.getSuppressed())
        .singleElement()
        .matches(e -> e.getMessage().equals("the reason"));
  }

  @Test
  void aPendingTimerIsNoDeadlock() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      var event = new Event();
      loop.schedule(event::set, java.time.Duration.ofDays(365));

      loop.run(() -> event.await());
    }
  }
}
