package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** No drive is silent for ever: a task that keeps the carrier is ended, and its driver says so. */
class WatchdogTest {

  private static final Duration LIMIT = Duration.ofMillis(800);

  private static long count;

  private static TestLoop.Builder limited() {
    return TestLoop.builder().realTimeLimit(LIMIT).leaks(Leaks.IGNORE);
  }

  private static void compute() {
    while (true) {
      count++;
    }
  }

  @Test
  void aTaskThatComputesForEverIsEndedAndTold() {
    try (TestLoop loop = limited().open()) {
      var cleaned = new AtomicBoolean();
      loop.spawn("sleeper", () -> Thread.sleep(Duration.ofHours(1)));
      loop.spawn(
          "counter",
          () -> {
            try {
              compute();
            } finally {
              cleaned.set(true);
            }
          });

      assertThatExceptionOfType(StuckTaskException.class)
          .isThrownBy(loop::runUntilBlocked)
          .withMessageContaining("task \"counter\" kept the carrier for PT0.8S of real time")
          .withMessageContaining("at dev.standstill.test.WatchdogTest.compute(WatchdogTest.java:")
          .withMessageContaining("\"sleeper\" is blocked on sleep");
      assertThat(cleaned).isTrue();
    }
  }

  @Test
  void theLoopGoesOnAfterwards() throws Exception {
    try (TestLoop loop = limited().open()) {
      loop.spawn("counter", WatchdogTest::compute);
      assertThatExceptionOfType(StuckTaskException.class).isThrownBy(loop::runUntilBlocked);

      assertThat(loop.run(() -> 42)).isEqualTo(42);
    }
  }

  @Test
  void whatTheTaskCatchesDoesNotHelpIt() {
    try (TestLoop loop = limited().open()) {
      assertThatExceptionOfType(StuckTaskException.class)
          .isThrownBy(() ->
              loop.run(() -> {
                try {
                  compute();
                } catch (Throwable e) {
                  return "caught";
                }
                return "never";
              }))
          .withMessageContaining("WatchdogTest.compute");
    }
  }

  /** Its initialiser waits for what another task of the loop would do. */
  private static final class Waits {
    static final CountDownLatch LATCH = new CountDownLatch(1);
    static final int VALUE;

    static {
      Thread.startVirtualThread(LATCH::countDown);
      boolean interrupted = false;
      while (LATCH.getCount() > 0 && !interrupted) {
        LockSupport.park();
        interrupted = Thread.interrupted();
      }
      VALUE = 1;
    }
  }

  @Test
  void aWaitInAnInitialiserForWhoKnowsWhatIsTold() {
    try (TestLoop loop = limited().open()) {
      assertThatExceptionOfType(StuckTaskException.class)
          .isThrownBy(() -> loop.run(() -> Waits.VALUE))
          .withMessageContaining("in the initialiser of dev.standstill.test.WatchdogTest$Waits");
    }
  }

  /** Joins a thread in its initialiser. */
  private static final class Joins {
    static {
      Thread loader = new Thread(() -> {}, "loader");
      loader.start();
      try {
        loader.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }

    static void use() {}
  }

  @Test
  void aJoinInAnInitialiserIsToldAtOnce() {
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.IGNORE).open()) {
      loop.setUncaughtExceptionHandler((thread, failure) -> {}); // of "loader", without its class
      assertThatExceptionOfType(DeadlockException.class)
          .isThrownBy(() ->
              loop.run(() -> {
                Joins.use();
                return null;
              }))
          .withMessageStartingWith("Deadlock: \"main\" waits in the initialiser of ")
          .withMessageContaining("for \"loader\"");
    }
  }

  @Test
  void aTaskThatComputesInManySlicesGetsOn() throws Exception {
    Thread timer = new Thread(() -> LockSupport.parkNanos(LIMIT.multipliedBy(2).toNanos()));
    timer.start();
    try (TestLoop loop = limited().livelockLimit(Integer.MAX_VALUE).open()) {
      int rounds =
          loop.run(() -> {
            int yields = 0;
            while (timer.isAlive()) {
              busy();
              Thread.yield();
              yields++;
            }
            return yields;
          });

      assertThat(rounds).isPositive();
    }
  }

  private static void busy() {
    for (int i = 0; i < 1_000_000; i++) {
      count++;
    }
  }
}
