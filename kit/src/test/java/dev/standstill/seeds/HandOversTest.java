package dev.standstill.seeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.standstill.test.TestLoop;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a seed may let others run first, although the running task could go on. */
class HandOversTest {

  private static final int SEEDS = 200;

  /** What a task does between its steps, which it appends; another task appends a star. */
  private interface Steps {
    void run(StringBuilder order) throws Exception;
  }

  static Stream<Arguments> locks() {
    Lock lock = new ReentrantLock();
    ReentrantReadWriteLock readWrite = new ReentrantReadWriteLock();
    StampedLock stamped = new StampedLock();
    Semaphore permits = new Semaphore(3);
    Object monitor = new Object();
    OwnLock own = new OwnLock();
    return Stream.of(
        locking(
            "Lock",
            order -> {
              order.append('a');
              lock.lock();
              order.append('b');
              lock.unlock();
              order.append('c');
            }),
        locking(
            "tryLock",
            order -> {
              order.append('a');
              lock.tryLock();
              order.append('b');
              lock.unlock();
              order.append('c');
            }),
        locking(
            "a lock that the program has made of one of the JDK",
            order -> {
              order.append('a');
              own.lock();
              order.append('b');
              own.unlock();
              order.append('c');
            }),
        locking(
            "reading",
            order -> {
              order.append('a');
              readWrite.readLock().lockInterruptibly();
              order.append('b');
              readWrite.readLock().unlock();
              order.append('c');
            }),
        locking(
            "writing",
            order -> {
              order.append('a');
              readWrite.writeLock().lock();
              order.append('b');
              readWrite.writeLock().unlock();
              order.append('c');
            }),
        locking(
            "StampedLock",
            order -> {
              order.append('a');
              long stamp = stamped.writeLock();
              order.append('b');
              stamped.unlockWrite(stamp);
              order.append('c');
            }),
        locking(
            "Semaphore",
            order -> {
              order.append('a');
              permits.acquire(2);
              order.append('b');
              permits.release(2);
              order.append('c');
            }),
        locking(
            "a synchronized block",
            order -> {
              order.append('a');
              synchronized (monitor) {
                order.append('b');
              }
              order.append('c');
            }),
        locking(
            "a synchronized method",
            order -> {
              order.append('a');
              own.append(order, 'b');
              order.append('c');
            }),
        locking(
            "an inherited synchronized method",
            order -> {
              order.append('a');
              new OwnLock() {}.append(order, 'b');
              order.append('c');
            }),
        locking(
            "a static synchronized method",
            order -> {
              order.append('a');
              OwnLock.appendAlone(order, 'b');
              order.append('c');
            }));
  }

  private static Arguments locking(String name, Steps steps) {
    return arguments(name, steps);
  }

  private static class OwnLock extends ReentrantLock {
    private static final long serialVersionUID = 1;

    synchronized void append(StringBuilder order, char step) {
      order.append(step);
    }

    static synchronized void appendAlone(StringBuilder order, char step) {
      order.append(step);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("locks")
  void areBeforeALockIsTakenAndAfterItWasReleased(String name, Steps steps) throws Exception {
    assertThat(orders(steps)).containsExactlyInAnyOrder("*abc", "a*bc", "abc*", "ab*c");
  }

  @Test
  void areAfterANotify() throws Exception {
    Object monitor = new Object();

    assertThat(
            orders(order -> {
              synchronized (monitor) {
                order.append('a');
                monitor.notifyAll();
                order.append('b');
              }
            }))
        .containsExactlyInAnyOrder("*ab", "a*b", "ab*");
  }

  @Test
  void areAfterASignal() throws Exception {
    Lock lock = new ReentrantLock();
    Condition condition = lock.newCondition();

    assertThat(
            orders(order -> {
              lock.lock();
              order.append('a');
              condition.signal();
              order.append('b');
              lock.unlock();
            }))
        .containsExactlyInAnyOrder("*ab", "a*b", "ab*");
  }

  @Test
  void areNotUnderFirstInFirstOut() throws Exception {
    for (Arguments lock : locks().toList()) {
      Steps steps = (Steps) lock.get()[1];
      try (TestLoop loop = TestLoop.open()) {
        assertThat(loop.run(() -> order(steps))).isEqualTo("abc*");
      }
    }
  }

  /** Where a second task comes in between the steps of one, under any seed. */
  private static TreeSet<String> orders(Steps steps) throws Exception {
    TreeSet<String> orders = new TreeSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        orders.add(loop.run(() -> order(steps)));
      }
    }
    return orders;
  }

  private static String order(Steps steps) throws Exception {
    StringBuilder order = new StringBuilder();
    Thread one =
        Thread.ofVirtual()
            .unstarted(() -> {
              try {
                steps.run(order);
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    Thread other = Thread.ofVirtual().unstarted(() -> order.append('*'));
    one.start();
    other.start();
    one.join();
    other.join();
    return order.toString();
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
        List<Future<Boolean>> both = List.of(loop.submit(printing), loop.submit(printing));
        while (!both.stream().allMatch(Future::isDone)) {
          loop.step();
          shared.println("between");
        }
      }
    }
  }

  /** Whoever drives takes locks of the program, too, and is nobody's task. */
  @Test
  void areNoneOfTheThreadThatDrives() throws Exception {
    Lock lock = new ReentrantLock();
    try (TestLoop loop = TestLoop.builder().seed(1).open()) {
      Future<?> task = loop.submit(() -> {});
      lock.lock();
      lock.unlock();
      assertThat(task.isDone()).isFalse();
      loop.runUntilDone(task);
    }
  }

  private static final class Initialised {
    static final String ORDER = initialise();

    private static String initialise() {
      StringBuilder order = new StringBuilder();
      Object monitor = new Object();
      Thread other = Thread.ofVirtual().start(() -> order.append('*'));
      for (int i = 0; i < 100; i++) {
        synchronized (monitor) {
          order.append(other.isAlive() ? "" : "!");
        }
      }
      return order.toString();
    }
  }

  @Test
  void areNoneInAnInitialiser() throws Exception {
    try (TestLoop loop = TestLoop.builder().seed(1).open()) {
      assertThat(loop.run(() -> Initialised.ORDER)).isEmpty();
    }
  }
}
