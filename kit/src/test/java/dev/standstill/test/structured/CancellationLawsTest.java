package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.Task;
import dev.standstill.test.TestLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Laws of cancelled waits under seeded schedules: what was waited for is not lost, nor is the
 * wake-up that was meant for another. A lost one would be a deadlock, which the loop throws with
 * the token that repeats it.
 */
class CancellationLawsTest {

  private static final int SEEDS = 10_000;
  private static final int TAKERS = 4;

  /** Something that is given and taken, one by one. */
  interface Tokens {
    void give();

    void take() throws InterruptedException;

    int left();
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        kind("semaphore", SemaphoreTokens::new),
        kind("condition", ConditionTokens::new),
        kind("monitor", MonitorTokens::new),
        kind("LinkedBlockingQueue", () -> new QueueTokens(new LinkedBlockingQueue<>())),
        kind("ArrayBlockingQueue", () -> new QueueTokens(new ArrayBlockingQueue<>(TAKERS))),
        kind("LinkedTransferQueue", () -> new QueueTokens(new LinkedTransferQueue<>())));
  }

  private static Arguments kind(String name, Supplier<Tokens> kind) {
    return Arguments.of(name, kind);
  }

  /** There are as many tokens as takers that need one, so each and every wake-up counts. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void cancelledTakerLosesNeitherATokenNorAWakeUp(String name, Supplier<Tokens> kind)
      throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      Tokens tokens = kind.get();
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        loop.run(() -> giveToAllButTheCancelled(loop, tokens, random));
      }
      assertThat(tokens.left()).as("tokens left after seed %d", seed).isZero();
    }
  }

  private static void giveToAllButTheCancelled(
      TestLoop loop, Tokens tokens, SplittableRandom random) throws Exception {
    List<Task<?>> others = new ArrayList<>();
    for (int i = 1; i < TAKERS; i++) {
      others.add(
          loop.spawn(
              "taker-" + i,
              () -> {
                pause(random);
                tokens.take();
              }));
    }
    boolean[] took = {false};
    var begun = new CountDownLatch(1);
    var victimEnded = new CountDownLatch(1);
    Task<?> victim =
        loop.spawn(
            "victim",
            () -> {
              begun.countDown();
              try {
                tokens.take();
                took[0] = true;
              } finally {
                victimEnded.countDown();
              }
            });
    Task<?> giver =
        loop.spawn(
            "giver",
            () -> {
              for (int i = 1; i < TAKERS; i++) {
                pause(random);
                tokens.give();
              }
            });
    begun.await();
    pause(random);
    victim.cancel(true);
    victimEnded.await();
    if (took[0]) {
      tokens.give();
    }
    giver.get();
    for (Task<?> other : others) {
      other.get();
    }
  }

  @Test
  void cancelledLockerLeavesTheLockToTheOthers() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      var lock = new ReentrantLock();
      int[] inside = {0};
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        loop.run(() -> {
          List<Task<?>> others = new ArrayList<>();
          for (int i = 1; i < TAKERS; i++) {
            others.add(loop.spawn("locker-" + i, () -> lockAWhile(lock, inside, random)));
          }
          Task<?> victim = loop.spawn("victim", () -> lockAWhile(lock, inside, random));
          pause(random);
          victim.cancel(true);
          for (Task<?> other : others) {
            other.get();
          }
        });
        loop.runUntilIdle();
      }
      assertThat(lock.isLocked()).as("locked after seed %d", seed).isFalse();
      assertThat(inside[0]).as("tasks inside after seed %d", seed).isZero();
    }
  }

  private static void lockAWhile(ReentrantLock lock, int[] inside, SplittableRandom random)
      throws InterruptedException {
    lock.lockInterruptibly();
    try {
      assertThat(++inside[0]).as("tasks that hold the lock").isEqualTo(1);
      pause(random);
    } finally {
      inside[0]--;
      lock.unlock();
    }
  }

  private static void pause(SplittableRandom random) throws InterruptedException {
    switch (random.nextInt(3)) {
      case 0 -> Thread.sleep(random.nextInt(1, 3));
      case 1 -> Thread.yield();
      default -> {}
    }
  }

  private record SemaphoreTokens(Semaphore semaphore) implements Tokens {
    SemaphoreTokens() {
      this(new Semaphore(0));
    }

    @Override
    public void give() {
      semaphore.release();
    }

    @Override
    public void take() throws InterruptedException {
      semaphore.acquire();
    }

    @Override
    public int left() {
      return semaphore.availablePermits();
    }
  }

  private static final class ConditionTokens implements Tokens {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition given = lock.newCondition();
    private int left;

    @Override
    public void give() {
      lock.lock();
      try {
        left++;
        given.signal();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void take() throws InterruptedException {
      lock.lockInterruptibly();
      try {
        while (left == 0) {
          given.await();
        }
        left--;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public int left() {
      return left;
    }
  }

  private static final class MonitorTokens implements Tokens {
    private int left;

    @Override
    public synchronized void give() {
      left++;
      notify();
    }

    @Override
    public synchronized void take() throws InterruptedException {
      while (left == 0) {
        wait();
      }
      left--;
    }

    @Override
    public int left() {
      return left;
    }
  }

  private record QueueTokens(BlockingQueue<String> queue) implements Tokens {
    @Override
    public void give() {
      queue.add("token");
    }

    @Override
    public void take() throws InterruptedException {
      queue.take();
    }

    @Override
    public int left() {
      return queue.size();
    }
  }
}
