package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.standstill.ThrowingRunnable;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wait of more than a hundred years is one without a limit, and so is closing a pool. */
class EndlessWaitsTest {

  @Test
  void ninetyNineYearsPass() throws Exception {
    Duration years = Duration.ofDays(365L * 99);
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        Thread.sleep(years);
        return null;
      });

      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(years));
    }
  }

  @Test
  void twoHundredYearsAreADeadlock() {
    assertIsTold(() -> Thread.sleep(Duration.ofDays(365L * 200)));
  }

  @Test
  void aMonitorIsWaitedForWithoutALimit() {
    Object monitor = new Object();
    assertIsTold(() -> {
      synchronized (monitor) {
        monitor.wait(Long.MAX_VALUE);
      }
    });
  }

  static Stream<Supplier<ExecutorService>> pools() {
    return Stream.of(
        Executors::newCachedThreadPool,
        Executors::newVirtualThreadPerTaskExecutor,
        Executors::newSingleThreadExecutor,
        Executors::newWorkStealingPool,
        () -> new ForkJoinPool(2),
        () -> Executors.newScheduledThreadPool(1),
        () -> Executors.newThreadPerTaskExecutor(Thread::new));
  }

  @ParameterizedTest
  @MethodSource("pools")
  void closingAPoolIsNoTimer(Supplier<ExecutorService> pools) {
    assertIsTold(() -> {
      var never = new CountDownLatch(1);
      try (ExecutorService pool = pools.get()) {
        pool.submit(() -> never.await(Long.MAX_VALUE, TimeUnit.DAYS));
      }
    });
  }

  @Test
  void aPoolThatEndsIsClosedAsSoonAsThat() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
          pool.submit(() -> {
            Thread.sleep(Duration.ofDays(3));
            return null;
          });
        }
        return null;
      });

      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofDays(3)));
    }
  }

  @Test
  void anIdleHttpClientIsClosedAtOnce() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        HttpClient.newHttpClient().close();
        return null;
      });

      assertThat(loop.now()).isBefore(TestLoop.DEFAULT_START.plusSeconds(60));
    }
  }

  private static void assertIsTold(ThrowingRunnable waits) {
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.IGNORE).open()) {
      assertThatExceptionOfType(DeadlockException.class)
          .isThrownBy(() ->
              loop.run(() -> {
                waits.run();
                return null;
              }))
          .withMessageContaining("EndlessWaitsTest");
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
  }
}
