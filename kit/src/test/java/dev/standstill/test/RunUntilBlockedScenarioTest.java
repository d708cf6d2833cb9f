package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standstill.Event;
import dev.standstill.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Run until every task is blocked: long-running tasks that interact are run until nothing can go
 * on, looked at, poked from outside, and run on; without touching the code under test.
 */
class RunUntilBlockedScenarioTest {

  private final TestLoop loop = TestLoop.open();
  private final List<String> printed = new ArrayList<>();

  /** Some tests leave tasks that wait, and the loop says so. */
  @AfterEach
  void close() {
    try (var _ = new CapturedLog()) {
      loop.close();
    }
  }

  @Test
  void theWaiterStandsStillUntilItIsPoked() throws Exception {
    var event = new Event();
    Task<Integer> waiter =
        loop.spawn(
            "waiter",
            () -> {
              printed.add("Waiting");
              event.await();
              printed.add("Done");
              return 42;
            });

    loop.runUntilBlocked();
    assertThat(printed).containsExactly("Waiting");
    assertThat(waiter.isDone()).isFalse();

    event.set();
    assertThat(printed).containsExactly("Waiting");

    loop.runUntilBlocked();
    assertThat(printed).containsExactly("Waiting", "Done");
    assertThat(waiter.get()).isEqualTo(42);
  }

  @Test
  void aSpinnerWithAThousandYieldsIsNotTakenForBlocked() throws Exception {
    Task<Integer> spinner =
        loop.spawn(
            "spinner",
            () -> {
              int yields = 0;
              while (yields < 1000) {
                Thread.yield();
                yields++;
              }
              return yields;
            });

    loop.runUntilBlocked();

    assertThat(spinner.get()).isEqualTo(1000);
    assertThat(loop.slices()).isEqualTo(1001);
  }

  @Test
  void oneTaskMaySpinUntilAnotherHasWorked() throws Exception {
    int[] done = {0};
    Task<String> spinner =
        loop.spawn(
            "spinner",
            () -> {
              while (done[0] < 100) {
                Thread.yield();
              }
              return "seen";
            });
    loop.spawn(
        "worker",
        () -> {
          for (int i = 0; i < 100; i++) {
            done[0]++;
            Thread.yield();
          }
        });

    loop.runUntilBlocked();

    assertThat(spinner.get()).isEqualTo("seen");
  }

  @Test
  void manyTasksStandStillTogether() {
    var gate = new CountDownLatch(1);
    for (int i = 0; i < 500; i++) {
      loop.spawn(() -> {
        gate.await();
        printed.add("through");
      });
    }

    loop.runUntilBlocked();
    assertThat(loop.blocked()).hasSize(500);
    assertThat(printed).isEmpty();

    gate.countDown();
    loop.runUntilBlocked();
    assertThat(loop.blocked()).isEmpty();
    assertThat(printed).hasSize(500);
  }

  @Test
  void tasksThatAreStartedByTasksRunOnTheSameLoop() {
    loop.spawn(
        "parent",
        () -> {
          Thread child =
              Thread.ofVirtual()
                  .name("child")
                  .start(() -> {
                    Thread.ofVirtual()
                        .name("grandchild")
                        .start(() -> printed.add(Thread.currentThread().getName()));
                    printed.add("child");
                  });
          child.join();
          printed.add("parent");
        });

    loop.runUntilBlocked();

    assertThat(printed).containsExactly("child", "grandchild", "parent");
    assertThat(loop.tasksStarted()).isEqualTo(3);
  }

  @Test
  void aLockHeldByAnotherTaskBlocks() {
    var lock = new ReentrantLock();
    var release = new Event();
    loop.spawn(
        "holder",
        () -> {
          lock.lock();
          try {
            release.await();
          } finally {
            lock.unlock();
          }
        });
    loop.spawn(
        "waiter",
        () -> {
          lock.lock();
          lock.unlock();
          printed.add("locked");
        });

    loop.runUntilBlocked();
    assertThat(blockedOn("waiter")).isEqualTo(BlockedOn.LOCK);

    release.set();
    loop.runUntilBlocked();
    assertThat(printed).containsExactly("locked");
  }

  @Test
  void aMonitorHeldByAnotherTaskBlocks() {
    var monitor = new Object();
    var release = new Event();
    loop.spawn(
        "holder",
        () -> {
          synchronized (monitor) {
            release.await();
          }
        });
    loop.spawn(
        "waiter",
        () -> {
          synchronized (monitor) {
            printed.add("entered");
          }
        });

    loop.runUntilBlocked();
    assertThat(blockedOn("waiter")).isEqualTo(BlockedOn.MONITOR);

    release.set();
    loop.runUntilBlocked();
    assertThat(printed).containsExactly("entered");
  }

  @Test
  void queuesBlockTakersAndPutters() {
    BlockingQueue<String> requests = new ArrayBlockingQueue<>(1);
    BlockingQueue<String> replies = new SynchronousQueue<>();
    loop.spawn(
        "server",
        () -> {
          while (true) {
            replies.put("re: " + requests.take());
          }
        });
    loop.runUntilBlocked();
    assertThat(blockedOn("server")).isEqualTo(BlockedOn.QUEUE);

    loop.spawn("client", () -> requests.put("ping"));
    loop.runUntilBlocked();
    assertThat(loop.blocked()).extracting(BlockedTask::name).containsExactly("server");
    assertThat(replies.poll()).isEqualTo("re: ping");

    loop.runUntilBlocked();
    assertThat(blockedOn("server")).isEqualTo(BlockedOn.QUEUE);
  }

  @Test
  void aCompletableFutureBlocksUntilTheTestCompletesIt() throws Exception {
    var reply = new CompletableFuture<String>();
    Task<String> caller = loop.spawn("caller", () -> reply.thenApply(String::toUpperCase).get());

    loop.runUntilBlocked();
    assertThat(blockedOn("caller")).isEqualTo(BlockedOn.FUTURE);

    reply.complete("hello");
    loop.runUntilBlocked();
    assertThat(caller.get()).isEqualTo("HELLO");
  }

  @Test
  void aTimedWaitIsBlockedUntilTimeIsAdvanced() throws Exception {
    var never = new LinkedBlockingQueue<String>();
    Task<String> waiter = loop.spawn("waiter", () -> never.poll(30, TimeUnit.SECONDS));

    loop.runUntilBlocked();
    assertThat(waiter.isDone()).isFalse();

    loop.advance(Duration.ofSeconds(29));
    assertThat(waiter.isDone()).isFalse();
    assertThat(blockedOn("waiter")).isEqualTo(BlockedOn.QUEUE);

    loop.advance(Duration.ofSeconds(1));
    assertThat(waiter.get()).isNull();
  }

  @Test
  void aSleepIsBlockedUntilTimeIsAdvanced() {
    loop.spawn(
        "sleeper",
        () -> {
          Thread.sleep(Duration.ofHours(8));
          printed.add("awake");
        });

    loop.runUntilBlocked();
    assertThat(blockedOn("sleeper")).isEqualTo(BlockedOn.SLEEP);

    loop.advanceToNextTimer();
    assertThat(printed).containsExactly("awake");
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofHours(8)));
  }

  @Test
  void aTimeoutFiresInVirtualTime() {
    Task<String> caller =
        loop.spawn(
            "caller", () -> new CompletableFuture<String>().orTimeout(1, TimeUnit.MINUTES).get());

    loop.advance(Duration.ofMinutes(1));

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(caller::get)
        .havingRootCause()
        .isInstanceOf(TimeoutException.class);
  }

  @Test
  void stepRunsOneSliceAtATime() {
    loop.spawn("yielder", this::printTwice);
    loop.spawn("other", this::printTwice);

    loop.step();
    assertThat(printed).containsExactly("yielder 1");
    loop.step();
    assertThat(printed).containsExactly("yielder 1", "other 1");
    loop.step();
    assertThat(printed).containsExactly("yielder 1", "other 1", "yielder 2");
    loop.step();
    assertThat(printed).containsExactly("yielder 1", "other 1", "yielder 2", "other 2");
  }

  private void printTwice() {
    String name = Thread.currentThread().getName();
    printed.add(name + " 1");
    Thread.yield();
    printed.add(name + " 2");
  }

  @Test
  void steppingWhenNothingIsLeftIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(loop::step)
        .withMessage("step(): no task is ready. None is left; no timer is pending.");
  }

  @Test
  void steppingWhenAllAreBlockedSaysWhatIsPending() {
    loop.spawn("sleeper", () -> Thread.sleep(Duration.ofMinutes(5)));
    loop.step();

    assertThatIllegalStateException()
        .isThrownBy(loop::step)
        .withMessage(
            "step(): no task is ready. 1 task is blocked (blocked() lists them); the next timer is at +PT5M: use advanceToNextTimer().");
  }

  @Test
  void blockedTellsWhoWaitsOnWhatSinceWhenAndWhere() {
    var queue = new LinkedBlockingQueue<String>();
    loop.spawn(
        "taker",
        () -> {
          Thread.sleep(Duration.ofSeconds(3));
          queue.take();
        });
    loop.advance(Duration.ofSeconds(10));

    BlockedTask taker = loop.blocked().getFirst();

    assertThat(taker.id()).isEqualTo(1);
    assertThat(taker.name()).isEqualTo("taker");
    assertThat(taker.on()).isEqualTo(BlockedOn.QUEUE);
    assertThat(taker.isDurablyBlocked()).isTrue();
    assertThat(taker.since()).isEqualTo(TestLoop.DEFAULT_START.plusSeconds(3));
    assertThat(taker.ownFrame())
        .hasValueSatisfying(
            frame -> assertThat(frame.getClassName()).isEqualTo(getClass().getName()));
    assertThat(taker.stack())
        .extracting(StackTraceElement::getMethodName)
        .containsSubsequence("await", "take");
    assertThat(taker.startedAt())
        .extracting(StackTraceElement::getMethodName)
        .contains("blockedTellsWhoWaitsOnWhatSinceWhenAndWhere");
  }

  @Test
  void theLoopGoesOnAfterATaskFailed() throws Exception {
    Task<String> failing =
        loop.spawn(
            "failing",
            () -> {
              throw new IllegalArgumentException("no such thing");
            });
    Task<String> other = loop.spawn("other", () -> "fine");

    loop.runUntilBlocked();

    assertThat(other.get()).isEqualTo("fine");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(failing::get)
        .withCauseInstanceOf(IllegalArgumentException.class);
    assertThat(loop.run(() -> "still here")).isEqualTo("still here");
  }

  @Test
  void aDeadlockIsReportedWithWhoHoldsWhatAndWhoWaitsForIt() {
    var left = new ReentrantLock();
    var right = new ReentrantLock();

    DeadlockException deadlock =
        catchThrowableOfType(
            DeadlockException.class,
            () ->
                loop.run(() -> {
                  Thread one = Thread.ofVirtual().name("one").start(() -> nest(left, right));
                  Thread two = Thread.ofVirtual().name("two").start(() -> nest(right, left));
                  one.join();
                  two.join();
                }));

    assertThat(deadlock.getMessage().lines())
        .startsWith("Deadlock: 2 tasks wait for each other.")
        .contains(
            "  \"one\" is blocked on a lock (ReentrantLock#1) of \"two\" since 2000-01-01T00:00:00Z",
            "  \"two\" is blocked on a lock (ReentrantLock#2) of \"one\" since 2000-01-01T00:00:00Z",
            "Cycle: \"one\" holds ReentrantLock#2, wants ReentrantLock#1",
            "     → \"two\" holds ReentrantLock#1, wants ReentrantLock#2")
        .anyMatch(line -> line.contains("at " + getClass().getName() + ".nest("));
    assertThat(deadlock.blocked())
        .extracting(BlockedTask::name)
        .containsExactly("main", "one", "two");
  }

  private static void nest(ReentrantLock outer, ReentrantLock inner) {
    outer.lock();
    try {
      Thread.yield();
      inner.lock();
      inner.unlock();
    } finally {
      outer.unlock();
    }
  }

  private BlockedOn blockedOn(String name) {
    return loop.blocked().stream()
        .filter(task -> task.name().equals(name))
        .map(BlockedTask::on)
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is not blocked"));
  }
}
