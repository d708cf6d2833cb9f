package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.TaskSnapshot;
import dev.standstill.metrics.LoopMetrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Looking at the tasks of a test loop, those that are not blocked too. */
class TasksTest {

  @Test
  void areListedWhetherBlockedOrReady() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.spawn("sleeper", () -> Thread.sleep(1_000));
      loop.runUntilBlocked();
      loop.spawn("yielding", () -> Thread.yield());
      loop.step();
      loop.spawn("new", () -> {});

      List<TaskSnapshot> tasks = loop.tasks();

      assertThat(tasks)
          .extracting(TaskSnapshot::name)
          .containsExactly("sleeper", "yielding", "new");
      assertThat(tasks)
          .extracting(TaskSnapshot::state)
          .containsExactly(
              Thread.State.TIMED_WAITING, Thread.State.RUNNABLE, Thread.State.RUNNABLE);
      assertThat(tasks.get(1).stack()).anyMatch(frame -> frame.getMethodName().equals("yield"));
      assertThat(tasks.get(2).stack()).isEmpty();
      loop.runUntilIdle();
      assertThat(loop.tasks()).isEmpty();
    }
  }

  @Test
  void areShownAsATreeOfWhoStartedWhomAndWaitsForWhom() throws Exception {
    var lock = new ReentrantLock();
    try (TestLoop loop = TestLoop.open()) {
      loop.spawn(
          "server",
          () -> {
            Thread.ofPlatform().name("worker").start(() -> holdFor(lock));
            Thread.yield();
            loop.spawn("order", () -> holdFor(lock)).get();
          });
      loop.schedule(() -> holdFor(lock), Duration.ofSeconds(1));
      loop.advance(Duration.ofSeconds(2));

      assertThat(loop.taskTree().replaceAll(" at [^ ,\n]+", "").lines())
          .containsExactly(
              loop + ": 4 tasks.",
              "\"server\" WAITING for \"order\", started by \"%s\""
                  .formatted(Thread.currentThread().getName()),
              "├─ \"worker\" TIMED_WAITING",
              "└─ \"order\" WAITING for \"worker\"",
              "\"task-1\" WAITING for \"worker\"");
      loop.runUntilIdle();
    }
  }

  private static void holdFor(ReentrantLock lock) {
    lock.lock();
    try {
      Thread.sleep(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Test
  void cannotBeMeasuredInVirtualTime() {
    try (TestLoop loop = TestLoop.open()) {
      assertThatThrownBy(() -> LoopMetrics.register(loop))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageEndingWith("measure a loop in real time.");
    }
  }

  @Test
  void doNotChangeTheScheduleWhenLookedAt() throws Exception {
    assertThat(fingerprint(true)).isEqualTo(fingerprint(false));
  }

  private static String fingerprint(boolean looking) throws Exception {
    try (TestLoop loop = TestLoop.builder().seed(1).open()) {
      for (int i = 0; i < 3; i++) {
        loop.spawn(
            "yielding-" + i,
            () -> {
              for (int turn = 0; turn < 10; turn++) {
                Thread.yield();
              }
            });
      }
      for (int step = 0; step < 20; step++) {
        loop.step();
        if (looking) {
          loop.taskTree();
        }
      }
      loop.runUntilBlocked();
      return loop.replayToken().toString();
    }
  }
}
