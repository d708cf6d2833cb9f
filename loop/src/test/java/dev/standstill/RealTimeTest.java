package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The time of a production loop is that of the machine. */
class RealTimeTest {

  private static final Duration TIME = Duration.ofMillis(15);

  private final EventLoop loop = EventLoop.open("app");

  @AfterEach
  void close() {
    loop.close();
  }

  /** Waits that end by time alone. */
  static Stream<Arguments> timedWaits() {
    Object monitor = new Object();
    ReentrantLock lock = new ReentrantLock();
    return Stream.of(
        wait("sleep", () -> Thread.sleep(TIME)),
        wait("Object.wait", () -> waitIn(monitor)),
        wait("queue", () -> new LinkedBlockingQueue<>().poll(TIME.toNanos(), TimeUnit.NANOSECONDS)),
        wait("latch", () -> new CountDownLatch(1).await(TIME.toNanos(), TimeUnit.NANOSECONDS)),
        wait("condition", () -> awaitCondition(lock)),
        wait("future", RealTimeTest::getInTime),
        wait("join", () -> Thread.startVirtualThread(LockSupport::park).join(TIME)),
        wait("orTimeout", RealTimeTest::joinWithTimeout));
  }

  private static Arguments wait(String name, ThrowingRunnable body) {
    return argumentSet(name, body);
  }

  @ParameterizedTest
  @MethodSource("timedWaits")
  void timedWaitTakesTheTimeItSays(ThrowingRunnable wait) throws Exception {
    long nanos = loop.run(() -> nanosOf(wait));
    assertThat(Duration.ofNanos(nanos)).isGreaterThanOrEqualTo(TIME);
  }

  @Test
  void cancelEndsATimedWaitBeforeItsTime() throws Exception {
    Object monitor = new Object();
    List<ThrowingRunnable> waits =
        List.of(
            () -> Thread.sleep(Duration.ofHours(1)),
            () -> new LinkedBlockingQueue<>().poll(1, TimeUnit.HOURS),
            () -> {
              synchronized (monitor) {
                monitor.wait(TimeUnit.HOURS.toMillis(1));
              }
            });
    for (ThrowingRunnable wait : waits) {
      CountDownLatch interrupted = new CountDownLatch(1);
      Task<?> task = loop.spawn("waiter", () -> countDownWhenInterrupted(wait, interrupted));
      loop.run(() -> {});
      task.cancel(true);
      loop.run(() -> interrupted.await());
    }
  }

  private static void countDownWhenInterrupted(ThrowingRunnable wait, CountDownLatch interrupted)
      throws Exception {
    try {
      wait.run();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
  }

  private static long nanosOf(ThrowingRunnable wait) throws Exception {
    long before = System.nanoTime();
    wait.run();
    return System.nanoTime() - before;
  }

  private static void waitIn(Object monitor) throws InterruptedException {
    long end = System.nanoTime() + TIME.toNanos();
    synchronized (monitor) {
      while (System.nanoTime() < end) {
        TimeUnit.NANOSECONDS.timedWait(monitor, end - System.nanoTime());
      }
    }
  }

  private static void awaitCondition(ReentrantLock lock) throws InterruptedException {
    lock.lock();
    try {
      assertThat(lock.newCondition().await(TIME.toNanos(), TimeUnit.NANOSECONDS)).isFalse();
    } finally {
      lock.unlock();
    }
  }

  private static void getInTime() {
    assertThatThrownBy(() -> new CompletableFuture<>().get(TIME.toNanos(), TimeUnit.NANOSECONDS))
        .isInstanceOf(TimeoutException.class);
  }

  private static void joinWithTimeout() {
    CompletableFuture<Void> never = new CompletableFuture<>();
    assertThatThrownBy(never.orTimeout(TIME.toNanos(), TimeUnit.NANOSECONDS)::join)
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void waitsOfSeveralTasksPassAtTheSameTime() throws Exception {
    long nanos =
        loop.run(() ->
            nanosOf(() -> {
              Task<?>[] sleepers = new Task<?>[1_000];
              for (int i = 0; i < sleepers.length; i++) {
                sleepers[i] = loop.spawn(() -> Thread.sleep(TIME));
              }
              for (Task<?> sleeper : sleepers) {
                sleeper.get();
              }
            }));
    assertThat(Duration.ofNanos(nanos)).isBetween(TIME, TIME.multipliedBy(500));
  }

  @Test
  void notifyEndsATimedWaitInAMonitorBeforeItsTime() throws Exception {
    Object monitor = new Object();
    Task<?> waiter =
        loop.spawn(
            "waiter",
            () -> {
              synchronized (monitor) {
                monitor.wait(TimeUnit.HOURS.toMillis(1));
              }
            });
    loop.run(() -> {});
    loop.run(() -> {
      synchronized (monitor) {
        monitor.notifyAll();
      }
      waiter.get();
    });
    assertThat(waiter.isDone()).isTrue();
  }

  @Test
  void workFromAnotherThreadWakesALoopThatSleepsUntilAFarTimer() throws Exception {
    try (EventLoop started = EventLoop.start("sleeps")) {
      started.schedule(() -> {}, Duration.ofHours(1));
      for (int round = 0; round < 100; round++) {
        CountDownLatch ran = new CountDownLatch(1);
        started.execute(ran::countDown);
        assertThat(ran.await(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void anEarlierTimerWakesALoopThatSleepsUntilAFarOne() throws Exception {
    try (EventLoop started = EventLoop.start("sleeps")) {
      started.schedule(() -> {}, Duration.ofHours(1));
      started.run(() -> {});
      started.schedule(() -> {}, Duration.ofMillis(1)).get();
    }
  }

  @Test
  void tasksThatNeverPauseHoldUpNoTimerAndNoWorkFromOtherThreads() throws Exception {
    loop.run(() -> {
      Future<?> timer = loop.schedule(() -> {}, Duration.ofMillis(1));
      CompletableFuture<Void> work = new CompletableFuture<>();
      Threads.start("other", () -> loop.execute(() -> work.complete(null)));
      while (!timer.isDone() || !work.isDone()) {
        Thread.yield();
      }
    });
  }
}
