package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that wait for each other's locks are told at once, whatever else goes on. */
class LockCyclesTest {

  /** Locks {@code outer}, and {@code inner} once another task has had its turn. */
  @FunctionalInterface
  private interface Nesting {
    void lock(int outer, int inner) throws InterruptedException;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5})
  void locksInACircleAreADeadlockBesideAHeartbeat(int tasks) {
    assertIsToldAtOnce(
        tasks,
        () -> {
          Lock[] locks = new Lock[tasks];
          Arrays.setAll(
              locks,
              i -> i % 2 == 0 ? new ReentrantLock() : new ReentrantReadWriteLock().writeLock());
          return (outer, inner) -> {
            locks[outer].lock();
            Thread.sleep(10);
            locks[inner].lock();
          };
        });
  }

  @Test
  void monitorsInACircleAreADeadlockBesideAHeartbeat() {
    assertIsToldAtOnce(
        3,
        () -> {
          Object[] monitors = {new Object(), new Object(), new Object()};
          return (outer, inner) -> {
            synchronized (monitors[outer]) {
              Thread.sleep(10);
              synchronized (monitors[inner]) {
                throw new AssertionError("both");
              }
            }
          };
        });
  }

  private static void assertIsToldAtOnce(int tasks, Supplier<Nesting> fresh) {
    for (long seed = 0; seed < 20; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).leaks(Leaks.IGNORE).open()) {
        assertThatExceptionOfType(DeadlockException.class)
            .isThrownBy(() -> loop.run(() -> besideAHeartbeat(tasks, fresh.get())))
            .withMessageStartingWith("Deadlock: " + tasks + " tasks wait for each other")
            .withMessageContaining("Cycle: ");
        assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plusMillis(10));
      }
    }
  }

  private static Object besideAHeartbeat(int tasks, Nesting nesting) throws InterruptedException {
    var heart = Executors.newScheduledThreadPool(1);
    heart.scheduleAtFixedRate(() -> {}, 1, 1, TimeUnit.SECONDS);
    for (int i = 0; i < tasks; i++) {
      int outer = i;
      Thread.ofVirtual()
          .name("task-" + i)
          .start(() -> {
            try {
              nesting.lock(outer, (outer + 1) % tasks);
            } catch (InterruptedException e) {
              // The loop closes.
            }
          });
    }
    Thread.sleep(Duration.ofDays(1));
    return tasks;
  }

  @Test
  void whoCanBeInterruptedIsNotGivenUp() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      String end =
          loop.run(() -> {
            var a = new ReentrantLock();
            var b = new ReentrantLock();
            Thread first = nested(a, b);
            Thread second = nested(b, a);
            Thread.sleep(1000);
            first.interrupt();
            first.join();
            second.join();
            return "resolved";
          });

      assertThat(end).isEqualTo("resolved");
    }
  }

  private static Thread nested(ReentrantLock outer, ReentrantLock inner) {
    return Thread.startVirtualThread(() -> {
      outer.lock();
      try {
        Thread.sleep(10);
        inner.lockInterruptibly();
        inner.unlock();
      } catch (InterruptedException e) {
        // That ends the circle.
      } finally {
        outer.unlock();
      }
    });
  }
}
