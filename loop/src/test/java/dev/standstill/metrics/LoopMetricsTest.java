package dev.standstill.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.DrivenLoop;
import dev.standstill.EventLoop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The numbers of a loop that runs. */
class LoopMetricsTest {

  @ParameterizedTest
  @EnumSource
  void areExactWhereATaskOfTheLoopAsks(DrivenLoop.By driver) throws Exception {
    try (DrivenLoop driven = driver.open("counted")) {
      EventLoop loop = driven.loop();
      EventLoopMXBean metrics = LoopMetrics.of(loop);
      loop.submit(
              () -> {
                for (int i = 0; i < 3; i++) {
                  loop.spawn(() -> LockSupport.park());
                }
                loop.spawn(() -> Thread.yield());
                assertNumbers(metrics, 5, 5, 4, 0, 0);
                Thread.yield(); // of five slices this is the first to end
                assertNumbers(metrics, 5, 5, 1, 3, 5);
                Thread.yield();
                assertNumbers(metrics, 4, 5, 0, 3, 7);
              })
          .get();
      loop.submit(() -> assertNumbers(metrics, 4, 6, 0, 3, 8)).get();
      assertThat(metrics.getName()).isEqualTo(loop.name());
    }
  }

  private static void assertNumbers(
      EventLoopMXBean metrics, int tasks, int started, int queue, int blocked, int slices) {
    assertThat(metrics.getTaskCount()).as("tasks").isEqualTo(tasks);
    assertThat(metrics.getStartedTaskCount()).as("started").isEqualTo(started);
    assertThat(metrics.getQueueLength()).as("queue").isEqualTo(queue);
    assertThat(metrics.getBlockedTaskCount()).as("blocked").isEqualTo(blocked);
    assertThat(metrics.getSliceCount()).as("slices").isEqualTo(slices);
  }

  @ParameterizedTest
  @EnumSource
  void tellOfASliceThatDoesNotEndAndOfThoseThatWait(DrivenLoop.By driver) throws Exception {
    try (DrivenLoop driven = driver.open("busy")) {
      EventLoop loop = driven.loop();
      EventLoopMXBean metrics = LoopMetrics.of(loop);
      var begun = new CountDownLatch(1);
      var enough = new AtomicBoolean();
      loop.spawn("greedy", () -> spin(begun, enough));
      begun.await();
      for (int i = 0; i < 5; i++) {
        loop.execute(() -> {});
      }

      assertThat(metrics.getQueueLength()).isEqualTo(5);
      assertThat(metrics.getTaskCount()).as("those that were taken in").isEqualTo(1);
      assertThat(metrics.getBlockedTaskCount()).isZero();
      while (metrics.getLongestSliceMicros() < 20_000 || metrics.getLagMicros() < 10_000) {
        Thread.onSpinWait(); // both grow
      }
      enough.set(true);
      loop.submit(() -> {}).get();

      assertThat(metrics.getLongestSliceMicros()).isGreaterThanOrEqualTo(20_000);
      assertThat(metrics.getBusyMicros()).isGreaterThanOrEqualTo(20_000);
      assertThat(metrics.getLagMicros()).isGreaterThanOrEqualTo(10_000);
      assertThat(metrics.getQueueLength()).isZero();
    }
  }

  private static void spin(CountDownLatch begun, AtomicBoolean enough) {
    begun.countDown();
    while (!enough.get()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void measureALagThatManyShortSlicesMake() throws Exception {
    try (EventLoop loop = EventLoop.start("crowd")) {
      EventLoopMXBean metrics = LoopMetrics.of(loop);
      var enough = new AtomicBoolean();
      for (int i = 0; i < 200; i++) {
        loop.spawn(() -> yieldUntil(enough));
      }
      while (metrics.getLagMicros() == 0 || metrics.getSliceCount() < 10_000) {
        Thread.onSpinWait();
      }
      enough.set(true);
      assertThat(metrics.getLagMicros()).isLessThan(Duration.ofMinutes(1).toMillis() * 1_000);
    }
  }

  private static void yieldUntil(AtomicBoolean enough) {
    while (!enough.get()) {
      Thread.yield();
    }
  }

  @Test
  void countOnThoughNobodyDrivesTheLoop() throws Exception {
    try (EventLoop loop = EventLoop.open("app", EventLoop.Current.LEAVE)) {
      EventLoopMXBean metrics = LoopMetrics.of(loop);
      loop.spawn(() -> LockSupport.park());

      assertThat(metrics.getQueueLength()).isEqualTo(1);
      while (metrics.getLagMicros() < 1_000) {
        Thread.onSpinWait(); // nothing is taken in
      }
      loop.run(() -> {});
      assertThat(metrics.getQueueLength()).isZero();
      assertThat(metrics.getTaskCount()).isEqualTo(1);
      assertThat(metrics.getBlockedTaskCount()).isEqualTo(1);
      assertThat(metrics.getSliceCount()).isEqualTo(2);
    }
  }

  @Test
  void areCountedOnceWhoeverAsksAndWhateverElseWatches() throws Exception {
    try (EventLoop loop = EventLoop.start("watched")) {
      EventLoopMXBean metrics = LoopMetrics.of(loop);
      assertThat(LoopMetrics.of(loop)).isSameAs(metrics);
      loop.logLongSlices();
      loop.submit(() -> {}).get();
      loop.submit(() -> assertThat(metrics.getSliceCount()).isEqualTo(1)).get();
    }
  }

  @Test
  void beginWhenSomebodyAsksForTheFirstTime() throws Exception {
    try (EventLoop loop = EventLoop.start("late")) {
      loop.submit(() -> {}).get();
      EventLoopMXBean metrics = LoopMetrics.of(loop);
      assertThat(metrics.getSliceCount()).isZero();
      assertThat(metrics.getStartedTaskCount()).isEqualTo(1);
    }
  }

  @Test
  void standStillOnceTheLoopHasEnded() throws Exception {
    EventLoop loop = EventLoop.start("ended");
    EventLoopMXBean metrics = LoopMetrics.of(loop);
    loop.submit(() -> {}).get();
    loop.close();
    loop.awaitTermination(1, TimeUnit.MINUTES);

    long lag = metrics.getLagMicros();
    assertThat(metrics.getLagMicros()).isEqualTo(lag);
    assertThat(metrics.getSliceCount()).isEqualTo(1);
    assertThat(metrics.getQueueLength()).isZero();
    assertThat(metrics.taskTree()).isEqualTo("EventLoop \"ended\": 0 tasks.");
    assertThat(LoopMetrics.of(loop).getTaskCount()).isZero();
  }
}
