package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.Event;
import dev.standstill.Task;
import dev.standstill.TaskGroup;
import dev.standstill.Timeout;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * Laws of groups under seeded schedules: every task has ended before its group returns, no result
 * and no wake-up is lost. A lost wake-up would be a deadlock, which the loop throws.
 */
class TaskGroupLawsTest {

  private static final int SEEDS = 10_000;

  @Test
  void everyTaskHasEndedBeforeItsGroupReturns() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var tree = new Tree(seed);
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        loop.run(() -> tree.grow(3));
      } catch (IOException e) {
        assertThat(e).as("seed %d", seed).hasMessage("planned");
      } catch (IllegalStateException e) { // of a task that had been cancelled
        assertThat(Lives.allOf(e))
            .as("seed %d", seed)
            .anyMatch(part -> "planned".equals(part.getMessage()));
      }
      assertThat(tree.running).as("tasks running after seed %d", seed).isZero();
    }
  }

  @Test
  void gatherLosesNoResult() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        List<Integer> results =
            loop.run(() ->
                TaskGroup.<Integer>gather(
                    () -> pause(random, 1), () -> pause(random, 2), () -> pause(random, 3)));
        assertThat(results).as("seed %d", seed).containsExactly(1, 2, 3);
      }
    }
  }

  @Test
  void settleLosesNoOutcome() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        List<Future.State> states =
            loop.run(() ->
                TaskGroup.<Integer>settle(
                        () -> pause(random, 1),
                        () -> {
                          pause(random, 2);
                          throw new IOException("planned");
                        },
                        () -> pause(random, 3))
                    .stream()
                    .map(Future::state)
                    .toList());
        assertThat(states)
            .as("seed %d", seed)
            .containsExactly(Future.State.SUCCESS, Future.State.FAILED, Future.State.SUCCESS);
      }
    }
  }

  @Test
  void raceTakesTheFirstToEndAndNobodyRunsOn() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      var ended = new ArrayList<Integer>();
      int[] running = {0};
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        int winner =
            loop.run(() -> {
              int first =
                  TaskGroup.<Integer>race(
                      () -> runThrough(random, 1, running, ended),
                      () -> runThrough(random, 2, running, ended),
                      () -> runThrough(random, 3, running, ended));
              assertThat(running[0]).as("bodies that still run").isZero();
              return first;
            });
        assertThat(winner).as("seed %d", seed).isEqualTo(ended.getFirst());
      }
    }
  }

  private static int runThrough(
      SplittableRandom random, int number, int[] running, List<Integer> ended)
      throws InterruptedException {
    running[0]++;
    try {
      pause(random, number);
      ended.add(number);
      return number;
    } finally {
      running[0]--;
    }
  }

  @Test
  void shieldRunsToItsEndAndLosesNoInterrupt() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      var seen = new ArrayList<String>();
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        Task<?> caller =
            loop.spawn(
                "caller",
                () -> {
                  seen.add("started");
                  seen.add("result " + TaskGroup.<Integer>shield(() -> pause(random, 1)));
                  Thread.sleep(Duration.ofDays(2));
                });
        loop.advance(Duration.ofMillis(random.nextInt(4)));
        caller.cancel(true);
        loop.runUntilIdle();
        assertThat(seen).as("seed %d", seed).containsExactly("started", "result 1");
        assertThat(Duration.between(TestLoop.DEFAULT_START, loop.now()))
            .as("the interrupt ends the sleep after the shield, seed %d", seed)
            .isLessThan(Duration.ofDays(1));
      }
    }
  }

  @Test
  void everyWaiterOfAnEventWakes() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      var event = new Event();
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        loop.run(() -> {
          try (var group = TaskGroup.open()) {
            for (int i = 0; i < 3; i++) {
              group.spawn(
                  "waiter-" + i,
                  () -> {
                    pause(random, 0);
                    event.await();
                  });
            }
            group.spawn(
                "setter",
                () -> {
                  pause(random, 0);
                  event.set();
                });
            group.join();
          }
        });
      }
    }
  }

  @Test
  void timeoutNeverLosesAnInterruptThatIsNotItsOwn() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        Task<String> task = loop.spawn("limited", () -> sleepTwice(random));
        loop.advance(Duration.ofMillis(random.nextInt(3)));
        boolean wasDone = task.isDone();
        task.cancel(true);
        loop.runUntilIdle();
        assertThat(task.state())
            .as("seed %d", seed)
            .isEqualTo(wasDone ? Future.State.SUCCESS : Future.State.CANCELLED);
        assertThat(loop.blocked()).as("seed %d", seed).isEmpty();
        assertThat(Duration.between(TestLoop.DEFAULT_START, loop.now()))
            .as("a cancelled task does not sleep on, seed %d", seed)
            .isLessThan(Duration.ofDays(1));
      }
    }
  }

  /** Ends within milliseconds if it is cancelled at any moment. */
  private static String sleepTwice(SplittableRandom random) throws Exception {
    try {
      Timeout.after(
          Duration.ofMillis(random.nextInt(1, 3)),
          () -> {
            Thread.sleep(Duration.ofDays(2));
            return "never";
          });
    } catch (TimeoutException e) {
      Thread.sleep(random.nextInt(2));
    }
    return "went on";
  }

  private static int pause(SplittableRandom random, int result) throws InterruptedException {
    switch (random.nextInt(3)) {
      case 0 -> Thread.sleep(random.nextInt(1, 4));
      case 1 -> Thread.yield();
      default -> {}
    }
    return result;
  }

  /** Groups in groups, whose tasks sleep, yield, fail and cancel as drawn. */
  private static final class Tree {
    private final SplittableRandom random;
    private int running;

    Tree(long seed) {
      random = new SplittableRandom(seed);
    }

    void grow(int depth) throws Exception {
      List<Task<?>> mine = new ArrayList<>();
      int[] runningHere = {0};
      try (var group = TaskGroup.open()) {
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          mine.add(group.spawn("node-" + depth + "-" + i, () -> node(depth, runningHere)));
        }
        if (random.nextInt(8) == 0) {
          mine.getFirst().cancel(true);
        }
        group.join();
      } finally {
        assertThat(mine).allMatch(Future::isDone);
        assertThat(runningHere[0]).as("tasks of the group that still run").isZero();
      }
    }

    private void node(int depth, int[] runningHere) throws Exception {
      running++;
      runningHere[0]++;
      try {
        pause(random, 0);
        if (random.nextInt(20) == 0) {
          throw new IOException("planned");
        }
        if (depth > 0) {
          grow(depth - 1);
        }
      } finally {
        running--;
        runningHere[0]--;
      }
    }
  }
}
