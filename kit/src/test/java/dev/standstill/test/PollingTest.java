package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.standstill.Task;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Where all that runs only polls, time moves, in calls that may move it. */
class PollingTest {

  @Test
  void aTaskThatComputesAndYieldsSeesNoTimePass() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      long took =
          loop.run(() -> {
            long began = System.nanoTime();
            for (int i = 0; i < 9_000; i++) {
              Thread.yield();
            }
            return System.nanoTime() - began;
          });

      assertThat(took).isZero();
    }
  }

  @Test
  void pollingTasksThatWakeOthersDoNotMoveTime() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      var items = new java.util.concurrent.LinkedBlockingQueue<Integer>();
      loop.background()
          .spawn(
              "consumer",
              () -> {
                while (true) {
                  items.take();
                }
              });
      loop.run(() -> {
        for (int i = 0; i < 50_000; i++) {
          items.put(i);
          Thread.yield();
        }
        return null;
      });

      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
  }

  @Test
  void workOfAPoolThatOftenAsksForTheTimeDoesNotMoveIt() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        try (var pool = Executors.newFixedThreadPool(2)) {
          for (int job = 0; job < 500; job++) {
            pool.submit(PollingTest::askForTheTimeOften).get();
          }
        }
      });

      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
  }

  private static long askForTheTimeOften() {
    long sum = 0;
    for (int i = 0; i < 10_000; i++) {
      sum += System.nanoTime();
    }
    return sum;
  }

  @Test
  void aTaskThatAsksForTheTimeForEverFindsItsEnd() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        while (System.nanoTime() < Long.MAX_VALUE / 2) {
          // a deadline that never comes on a JVM
        }
        for (int i = 0; i < 1_000_000; i++) {
          System.currentTimeMillis(); // time has come to its end, and stays there
        }
      });
    }
  }

  @Test
  void sameSlicesMoveTimeAlike() throws Exception {
    for (long seed = 0; seed < 5; seed++) {
      assertThat(pollUnder(seed)).isEqualTo(pollUnder(seed));
    }
  }

  private static String pollUnder(long seed) throws Exception {
    try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
      var done = new AtomicBoolean();
      loop.spawn("other", () -> spinUntil(done));
      loop.spawn(
          "setter",
          () -> {
            Thread.sleep(30);
            done.set(true);
          });
      loop.run(() -> {
        spinUntil(done);
        return null;
      });
      return loop.now() + " " + loop.replayToken();
    }
  }

  private static void spinUntil(AtomicBoolean done) {
    while (!done.get()) {
      Thread.yield();
    }
  }

  @Test
  void timeGoesNoFurtherThanTheNextTimer() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      var done = new AtomicBoolean();
      loop.spawn(
          "setter",
          () -> {
            Thread.sleep(Duration.ofHours(1));
            done.set(true);
          });
      loop.run(() -> {
        spinUntil(done);
        return null;
      });

      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofHours(1)));
    }
  }

  @Test
  void advanceEndsWhereItShallAlthoughATaskPolls() {
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.IGNORE).open()) {
      var done = new AtomicBoolean();
      Task<?> poller = loop.spawn("poller", () -> spinUntil(done));

      loop.advance(Duration.ofMillis(10));
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plusMillis(10));
      assertThat(poller.isDone()).isFalse();

      done.set(true);
      loop.runUntilBlocked();
      assertThat(poller.isDone()).isTrue();
    }
  }

  @Test
  void whatRunsUntilBlockedNeverMovesTimeAndTellsThePoller() {
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.IGNORE).livelockLimit(100_000).open()) {
      var done = new AtomicBoolean();
      loop.spawn("poller", () -> spinUntil(done));

      assertThatExceptionOfType(LivelockException.class)
          .isThrownBy(loop::runUntilBlocked)
          .withMessageContaining("polls without blocking")
          .withMessageContaining("PollingTest.spinUntil");
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
      done.set(true);
    }
  }

  @Test
  void aTaskThatPollsForAThreadOutsideWaitsForIt() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      var done = new AtomicBoolean();
      var began = new CountDownLatch(1);
      Thread outside =
          new Thread(() -> {
            try {
              began.await();
              Thread.sleep(50);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            done.set(true);
          });
      outside.start();
      Future<?> joins = loop.spawn("joins", () -> outside.join());
      loop.run(() -> {
        began.countDown();
        spinUntil(done);
        return null;
      });

      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
      loop.runUntilDone(joins); // before others join: it may be the first in line
    }
  }
}
