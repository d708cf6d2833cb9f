package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a seed may let others run first, although the running task could go on. */
class HandOversTest {

  private static final int SEEDS = 200;

  static Stream<Lock> freeLocks() {
    return Stream.of(
        new ReentrantLock(),
        new ReentrantReadWriteLock().readLock(),
        new ReentrantReadWriteLock().writeLock());
  }

  @ParameterizedTest
  @MethodSource("freeLocks")
  void areBeforeALockIsTakenAndAfterItWasReleased(Lock lock) throws Exception {
    assertThat(orders(lock::lock, lock::unlock))
        .containsExactlyInAnyOrder("*abc", "a*bc", "abc*", "ab*c");
  }

  @Test
  void areBeforeAStampedLockIsTaken() throws Exception {
    StampedLock stamped = new StampedLock();
    Lock reading = stamped.asReadLock();
    Lock writing = stamped.asWriteLock();

    assertThat(orders(reading::lock, reading::unlock)).contains("a*bc");
    assertThat(orders(writing::lock, writing::unlock)).contains("a*bc");
  }

  @Test
  void areBeforeAPermitIsTakenAndAfterItWasReleased() throws Exception {
    Semaphore semaphore = new Semaphore(3);

    assertThat(orders(() -> semaphore.acquireUninterruptibly(2), () -> semaphore.release(2)))
        .containsExactlyInAnyOrder("*abc", "a*bc", "abc*", "ab*c");
  }

  /** Where a second task comes in between the steps of one that holds a lock, under any seed. */
  private static TreeSet<String> orders(Runnable lock, Runnable unlock) throws Exception {
    TreeSet<String> orders = new TreeSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      orders.add(
          runSeeded(
              seed,
              () -> {
                StringBuilder order = new StringBuilder();
                Thread one =
                    Thread.ofVirtual()
                        .unstarted(() -> {
                          order.append('a');
                          lock.run();
                          order.append('b');
                          unlock.run();
                          order.append('c');
                        });
                Thread other = Thread.ofVirtual().unstarted(() -> order.append('*'));
                one.start();
                other.start();
                one.join();
                other.join();
                return order.toString();
              }));
    }
    return orders;
  }

  @Test
  void findLocksThatAreTakenInBothOrders() throws Exception {
    int deadlocks = 0;
    for (long seed = 0; seed < SEEDS; seed++) {
      Lock left = new ReentrantLock();
      Lock right = new ReentrantLock();
      try {
        runSeeded(
            seed,
            () -> {
              Thread one = Thread.ofPlatform().start(() -> inBoth(left, right));
              inBoth(right, left);
              one.join();
              return "";
            });
      } catch (DeadlockException e) {
        deadlocks++;
      }
    }
    assertThat(deadlocks).isBetween(SEEDS / 20, SEEDS / 2);
  }

  private static void inBoth(Lock outer, Lock inner) {
    outer.lock();
    inner.lock();
    inner.unlock();
    outer.unlock();
  }

  /** Else the thread that drives could not print while a task is printing. */
  @Test
  @Timeout(60)
  void areNotAtTheLocksOfTheJdk() {
    PrintStream shared = new PrintStream(OutputStream.nullOutputStream());
    for (long seed = 0; seed < SEEDS; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        Callable<Boolean> printing =
            () -> {
              for (int line = 0; line < 10; line++) {
                shared.println(line);
                Thread.yield();
              }
              return true;
            };
        Future<?> one = loop.submit(printing);
        Future<?> other = loop.submit(printing);
        while (!one.isDone() || !other.isDone()) {
          loop.step();
          shared.println("between");
        }
      }
    }
  }

  private static String runSeeded(long seed, Callable<String> body) throws Exception {
    try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
      return loop.run(body);
    }
  }
}
