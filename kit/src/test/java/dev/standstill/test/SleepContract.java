package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What holds for sleeps and timed waits in any world: the same bodies run in real time and in
 * virtual time. The waits are short because one of the worlds is real; none is hoped to be long
 * enough for something else to happen.
 */
abstract class SleepContract {

  private static final Duration SHORT = Duration.ofMillis(10);

  private final EventLoop loop = open();

  abstract EventLoop open();

  @AfterEach
  void close() {
    loop.close();
  }

  @Test
  void aSleepTakesAtLeastItsTimeByEveryClock() throws Exception {
    loop.run(() -> {
      long nanos = System.nanoTime();
      Instant date = Instant.now();
      long millis = System.currentTimeMillis();
      Thread.sleep(SHORT);
      assertThat(System.nanoTime() - nanos).isGreaterThanOrEqualTo(SHORT.toNanos());
      assertThat(Duration.between(date, Instant.now())).isGreaterThan(Duration.ofMillis(8));
      assertThat(System.currentTimeMillis() - millis).isGreaterThan(8);
    });
  }

  @Test
  void aShorterSleepEndsFirst() throws Exception {
    loop.run(() -> {
      Task<Void> longer = loop.spawn("longer", () -> Thread.sleep(Duration.ofHours(1)));
      Task<Void> shorter = loop.spawn("shorter", () -> Thread.sleep(SHORT));
      shorter.get();
      assertThat(longer.isDone()).isFalse();
      longer.cancel(true);
    });
  }

  @Test
  void otherTasksRunWhileOneSleeps() throws Exception {
    int turns =
        loop.run(() -> {
          AtomicInteger count = new AtomicInteger();
          Task<Void> other =
              loop.spawn(
                  "other",
                  () -> {
                    for (int i = 0; i < 10; i++) {
                      count.incrementAndGet();
                      Thread.yield();
                    }
                  });
          Thread.sleep(SHORT);
          other.get();
          return count.get();
        });

    assertThat(turns).isEqualTo(10);
  }

  @Test
  void cancellingASleeperWakesItAtOnce() throws Exception {
    loop.run(() -> {
      long began = System.nanoTime();
      Task<Void> sleeper = loop.spawn("sleeper", () -> Thread.sleep(Duration.ofHours(1)));
      Thread.yield();
      sleeper.cancel(true);
      assertThatExceptionOfType(CancellationException.class).isThrownBy(sleeper::get);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofHours(1));
    });
  }

  @Test
  void aTimedPollEndsEmptyAfterItsTime() throws Exception {
    loop.run(() -> {
      long began = System.nanoTime();
      assertThat(new LinkedBlockingQueue<String>().poll(10, TimeUnit.MILLISECONDS)).isNull();
      assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(SHORT.toNanos());
    });
  }

  @Test
  void aTimedPollEndsEarlyWithWhatArrives() throws Exception {
    var queue = new LinkedBlockingQueue<String>();
    loop.schedule(() -> queue.add("arrived"), SHORT);

    assertThat(loop.run(() -> queue.poll(1, TimeUnit.HOURS))).isEqualTo("arrived");
  }

  @Test
  void aTimedWaitInAMonitorEndsAfterItsTime() throws Exception {
    var monitor = new Object();
    loop.run(() -> {
      long began = System.nanoTime();
      synchronized (monitor) {
        monitor.wait(SHORT.toMillis());
      }
      assertThat(System.nanoTime() - began).isGreaterThanOrEqualTo(SHORT.toNanos());
    });
  }

  @Test
  void aTimedWaitInAMonitorEndsEarlyWhenNotified() throws Exception {
    var monitor = new Object();
    loop.schedule(
        () -> {
          synchronized (monitor) {
            monitor.notifyAll();
          }
        },
        SHORT);
    loop.run(() -> {
      long began = System.nanoTime();
      synchronized (monitor) {
        monitor.wait(Duration.ofHours(1).toMillis());
      }
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofHours(1));
    });
  }

  @Test
  void whatIsScheduledAtAFixedRateRunsAgainAndAgain() throws Exception {
    var ticks = new LinkedBlockingQueue<Instant>();
    var ticking =
        loop.scheduleAtFixedRate(() -> ticks.add(Instant.now()), 10, 10, TimeUnit.MILLISECONDS);
    loop.run(() -> {
      Instant first = ticks.take();
      ticks.take();
      Instant third = ticks.take();
      assertThat(Duration.between(first, third)).isPositive();
      ticking.cancel(false);
    });

    assertThat(ticking.isCancelled()).isTrue();
  }
}
