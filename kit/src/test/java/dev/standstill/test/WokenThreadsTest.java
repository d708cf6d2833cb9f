package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.standstill.Task;
import dev.standstill.ThrowingRunnable;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * A thread that is not the loop's, such as a driver of a fixture, waits for requests in a queue: a
 * task that puts one there wakes it, and time stands still until it parks again, or has answered.
 */
class WokenThreadsTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final long REAL_NANOS = 30_000_000;

  private final LinkedBlockingQueue<CompletableFuture<String>> requests =
      new LinkedBlockingQueue<>();
  private volatile boolean stopped;

  private Thread driver = Thread.currentThread();

  /** Starts the driver and returns when it waits for requests. */
  private void startDriver(ThrowingRunnable body) {
    driver =
        Thread.ofPlatform()
            .name("driver")
            .daemon()
            .start(() -> {
              try {
                body.run();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    while (driver.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void endDriver() throws InterruptedException {
    stopped = true;
    driver.interrupt();
    driver.join();
  }

  private void spinUntilStopped() {
    while (!stopped) {
      Thread.onSpinWait();
    }
  }

  private static void compute(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private String ask() throws Exception {
    var answer = new CompletableFuture<String>();
    requests.add(answer);
    return answer.get(5, TimeUnit.SECONDS);
  }

  @RepeatedTest(40)
  void itsAnswerComesBeforeTimeMoves() throws Exception {
    startDriver(() -> {
      for (int i = 0; i < 3; i++) {
        CompletableFuture<String> request = requests.take();
        compute(REAL_NANOS);
        request.complete("answer");
      }
    });
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        for (int i = 0; i < 3; i++) {
          assertThat(ask()).isEqualTo("answer");
        }
      });
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
  }

  @Test
  void timeMovesSoonAfterItHasAnswered() throws Exception {
    startDriver(() -> {
      CompletableFuture<String> request = requests.take();
      while (request.getNumberOfDependents() == 0) {
        Thread.onSpinWait(); // until the task waits for it
      }
      request.complete("answer");
      spinUntilStopped();
    });
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        assertThat(ask()).isEqualTo("answer");
        Thread.sleep(HOUR);
      });
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(HOUR));
    }
  }

  @RepeatedTest(40)
  void timeMovesOnceItParksAgain() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    startDriver(() -> {
      requests.take();
      end.await();
    });
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        requests.add(new CompletableFuture<>());
        Thread.sleep(HOUR);
        end.countDown();
      });
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(HOUR));
    }
  }

  @Test
  void itIsNamedIfItRunsForTooLong() throws Exception {
    startDriver(() -> {
      requests.take();
      spinUntilStopped();
    });
    try (var _ = new CapturedLog();
        TestLoop loop = TestLoop.builder().realTimeLimit(Duration.ofMillis(200)).open()) {
      assertThatExceptionOfType(OutsideWaitException.class)
          .isThrownBy(() -> loop.run(this::ask))
          .withMessageContaining(
              "its limit: thread \"driver\", which is not the loop's and was woken by task \"main\" (WokenThreadsTest.java:");
    }
  }

  @Test
  void whereNobodySeesWhatItDoesAFailureSaysThatTimeMoved() throws Exception {
    try (var _ = new CapturedLog();
        var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        TestLoop loop = TestLoop.open()) {
      startDriver(() -> {
        requests.take();
        acceptUntilClosed(server);
      });
      Task<Void> sleeper = loop.spawn(this::sleepAnHour);
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> loop.runUntilDone(sleeper, Duration.ofSeconds(30)))
          .withMessageContaining(
              "Time moved PT30S while thread \"driver\", woken by this test, was running");
    }
  }

  private void sleepAnHour() throws InterruptedException {
    requests.add(new CompletableFuture<>());
    Thread.sleep(HOUR);
  }

  private static void acceptUntilClosed(ServerSocket server) throws Exception {
    try {
      server.accept();
    } catch (SocketException e) {
      // The test is over.
    }
  }
}
