package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.TaskSnapshot;
import java.util.List;
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
          loop.tasks();
        }
      }
      loop.runUntilBlocked();
      return loop.replayToken().toString();
    }
  }
}
