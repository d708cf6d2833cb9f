package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standstill.ThrowingRunnable;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

  @Test
  void whatIsJustEndingHasASecondOfVirtualTime() throws Exception {
    TestLoop loop = TestLoop.builder().leaks(Leaks.FAIL).open();
    var task = loop.spawn("backs off", () -> Thread.sleep(Duration.ofMillis(250)));

    loop.close();

    assertThat(task.isDone()).isTrue();
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plusMillis(250));
  }

  private static String leakOf(ThrowingRunnable body) throws Exception {
    TestLoop loop = TestLoop.builder().leaks(Leaks.FAIL).open();
    loop.run(body);
    return catchThrowableOfType(LeakedTaskException.class, loop::close).getMessage();
  }

  @Test
  void aPoolThatHoldsAPeriodicJobIsLeft() throws Exception {
    String leak =
        leakOf(() ->
            Executors.newScheduledThreadPool(1, Thread.ofPlatform().name("refresh").factory())
                .scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.MINUTES));

    assertThat(leak)
        .startsWith("TestLoop \"test\" was closed with 1 task left:")
        .contains("\"refresh\" is blocked on work for its pool, which has 1 periodic job, since")
        .contains("started at " + LeaksTest.class.getName());
  }

  @Test
  void aTimerThatRepeatsIsLeft() throws Exception {
    String leak =
        leakOf(() -> {
          var timer = new Timer("heartbeat");
          timer.schedule(task(() -> {}), 60_000, 60_000);
          timer.schedule(task(() -> {}), 3_600_000);
        });

    assertThat(leak)
        .contains(
            "\"heartbeat\" is blocked on work for its pool, which has 1 periodic job and 1 job for"
                + " later, since");
  }

  private static TimerTask task(Runnable body) {
    return new TimerTask() {
      @Override
      public void run() {
        body.run();
      }
    };
  }

  @Test
  void aJobOfADelayedExecutorIsLeft() throws Exception {
    String leak =
        leakOf(() -> {
          CompletableFuture.runAsync(
              () -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.HOURS));
          var unused = new CompletableFuture<>().orTimeout(1, TimeUnit.HOURS);
        });

    assertThat(leak)
        .startsWith("TestLoop \"test\" was closed with 1 delayed job left:")
        .contains("  A delayed executor holds a job that is due at 2000-01-01T01:00:00Z\n")
        .contains("      given at " + LeaksTest.class.getName());
  }

  @Test
  void whatWasCancelledOrHasRunIsNotLeft() throws Exception {
    TestLoop loop = TestLoop.builder().leaks(Leaks.FAIL).open();
    loop.run(() -> {
      var pool = Executors.newScheduledThreadPool(1);
      pool.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.MINUTES).cancel(false);
      pool.schedule(() -> {}, 1, TimeUnit.SECONDS);
      var timer = new Timer();
      TimerTask cancelled = task(() -> {});
      timer.schedule(cancelled, 60_000, 60_000);
      cancelled.cancel();
      CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
      Thread.sleep(Duration.ofSeconds(2));
    });

    loop.close();
  }

  /** Its thread lives as long as the class. */
  private static final class Watchdog {
    static final Thread THREAD = startWatchdog();
  }

  private static Thread startWatchdog() {
    Thread thread = new Thread(LeaksTest::waitForEver, "watchdog");
    thread.start();
    return thread;
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aThreadOfAClassInitialiserIsShownButNotTheTests() throws Exception {
    TestLoop loop = TestLoop.builder().leaks(Leaks.FAIL).open();
    loop.run(() -> {
      assertThat(Watchdog.THREAD.isAlive()).isTrue();
      Thread.ofPlatform().name("worker").start(LeaksTest::waitForEver);
    });

    assertThatThrownBy(loop::close)
        .hasMessageStartingWith("TestLoop \"test\" was closed with 1 task left:\n  \"worker\" is")
        .hasMessageContaining(
            "\nNot the test's, because libraries or class initialisers have started them"
                + " (Leaks.FAIL_ALL counts them):\n  \"watchdog\" is blocked on a latch");
  }

  /** The same again, for a class is initialised once. */
  private static final class Housekeeper {
    static final Thread THREAD = startWatchdog();
  }

  @Test
  void itCountsForThoseWhoWantToKnow() throws Exception {
    TestLoop loop = TestLoop.builder().leaks(Leaks.FAIL_ALL).open();
    loop.run(() -> assertThat(Housekeeper.THREAD.isAlive()).isTrue());

    assertThatThrownBy(loop::close)
        .hasMessageStartingWith("TestLoop \"test\" was closed with 1 task left:\n  \"watchdog\"");
  }
}
