package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.standstill.ThrowingRunnable;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import org.junit.jupiter.api.Test;

/** What a report tells of a wait beyond its kind: holders, barriers, queued work, lost failures. */
class WaitDetailsTest {

  private static String deadlock(ThrowingRunnable main) {
    try (TestLoop loop = TestLoop.builder().leaks(Leaks.IGNORE).open()) {
      return catchThrowableOfType(DeadlockException.class, () -> loop.run(main)).getMessage();
    }
  }

  private static void start(String name, ThrowingRunnable body) {
    Thread.ofPlatform().name(name).start(() -> call(body));
  }

  private static void call(ThrowingRunnable body) {
    try {
      body.run();
    } catch (InterruptedException | BrokenBarrierException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoHoldsAReadLockIsNamed() {
    var lock = new ReentrantReadWriteLock();

    String report =
        deadlock(() -> {
          var never = new CountDownLatch(1);
          for (String name : new String[] {"reader-1", "reader-2"}) {
            start(
                name,
                () -> {
                  lock.readLock().lock();
                  lock.readLock().lock();
                  lock.readLock().unlock();
                  never.await();
                });
          }
          start(
              "was-a-reader",
              () -> {
                lock.readLock().lock();
                lock.readLock().unlock();
                never.await();
              });
          Thread.sleep(1);
          lock.writeLock().lockInterruptibly();
        });

    assertThat(report)
        .contains(
            "\"main\" is blocked on a lock (ReentrantReadWriteLock#1), held for reading by"
                + " \"reader-1\", \"reader-2\" since");
  }

  @Test
  void aReaderThatWantsToWriteWaitsForItself() {
    var lock = new ReentrantReadWriteLock();

    String report =
        deadlock(() -> {
          lock.readLock().lock();
          lock.writeLock().lockInterruptibly();
        });

    assertThat(report)
        .startsWith("Deadlock: 1 task waits for itself.")
        .contains("held for reading by \"main\" itself since")
        .contains("Cycle: \"main\" holds ReentrantReadWriteLock#1, wants ReentrantReadWriteLock#1");
  }

  @Test
  void whoHoldsAStampedLockIsNamed() {
    var lock = new StampedLock();

    String report =
        deadlock(() -> {
          var never = new CountDownLatch(1);
          start(
              "reader",
              () -> {
                lock.unlockRead(lock.readLock());
                lock.readLock();
                never.await();
              });
          start(
              "was-a-writer",
              () -> {
                lock.unlock(lock.tryWriteLock(1, TimeUnit.SECONDS));
                never.await();
              });
          Thread.sleep(Duration.ofSeconds(2));
          lock.writeLockInterruptibly();
        });

    assertThat(report)
        .contains(
            "\"main\" is blocked on a lock (StampedLock#1), held for reading by \"reader\" since");
  }

  @Test
  void aStampedLockThatIsNotReentrantIsSeenToWaitForItself() {
    var lock = new StampedLock();

    String report =
        deadlock(() -> {
          lock.writeLock();
          lock.readLockInterruptibly();
        });

    assertThat(report)
        .contains("\"main\" is blocked on a lock (StampedLock#1) of \"main\" itself since")
        .contains("Cycle: \"main\" holds StampedLock#1, wants StampedLock#1");
  }

  @Test
  void howManyHaveComeToABarrierIsTold() {
    var barrier = new CyclicBarrier(4);
    var phaser = new Phaser(3);

    String report =
        deadlock(() -> {
          start("one", () -> barrier.await());
          start("two", () -> barrier.await());
          start("three", () -> phaser.awaitAdvance(phaser.arrive()));
          phaser.awaitAdvanceInterruptibly(phaser.arrive());
        });

    assertThat(report)
        .contains("\"one\" is blocked on a barrier (CyclicBarrier#1, 2 of 4 have come) since")
        .contains("\"two\" is blocked on a barrier (CyclicBarrier#1, 2 of 4 have come) since")
        .contains("\"main\" is blocked on a barrier (Phaser#1, 2 of 3 have come) since")
        .contains("\"three\" is blocked on a barrier (Phaser#1, 2 of 3 have come) since");
  }

  @Test
  void workThatIsQueuedBehindThoseWhoWaitForItIsFound() {
    String report =
        deadlock(() -> {
          ExecutorService pool =
              Executors.newFixedThreadPool(1, Thread.ofPlatform().name("order-", 1).factory());
          Callable<Integer> line = () -> 1;
          pool.submit(() -> pool.submit(line).get()).get();
        });

    assertThat(report)
        .contains(
            "\"order-1\" is blocked on a future (FutureTask#2, queued in the pool of \"order-1\":"
                + " 1 waiting, 1 thread) since");
  }

  @Test
  void soIsTheWorkOfAStage() {
    String report =
        deadlock(() -> {
          ExecutorService pool =
              Executors.newFixedThreadPool(2, Thread.ofPlatform().name("order-", 1).factory());
          Runnable order =
              () -> CompletableFuture.supplyAsync(() -> 1, pool).thenApply(n -> n + 1).join();
          CompletableFuture.allOf(
                  CompletableFuture.runAsync(order, pool), CompletableFuture.runAsync(order, pool))
              .get();
        });

    assertThat(report).contains("queued in the pool of \"order-1\": 2 waiting, 2 threads) since");
  }

  @Test
  void aFailureThatNobodyAskedForIsListed() {
    String report =
        deadlock(() -> {
          var done = new CountDownLatch(1);
          var timer =
              Executors.newSingleThreadScheduledExecutor(
                  Thread.ofPlatform().name("timer").factory());
          timer.scheduleAtFixedRate(WaitDetailsTest::refuse, 1, 1, TimeUnit.SECONDS);
          done.await();
        });

    assertThat(report)
        .contains(
            "Kept by a scheduled task of \"timer\" at 2000-01-01T00:00:01Z, and nobody has asked"
                + " for it: java.lang.IllegalStateException: answers 503\n"
                + "      at dev.standstill.test.WaitDetailsTest.refuse(WaitDetailsTest.java:");
  }

  private static void refuse() {
    throw new IllegalStateException("answers 503");
  }

  @Test
  void aFailureThatSomebodyHasSeenIsNotListed() {
    String report =
        deadlock(() -> {
          var pool = Executors.newFixedThreadPool(1, Thread.ofVirtual().factory());
          seen(() -> pool.submit(WaitDetailsTest::refuse).get());
          seen(() -> CompletableFuture.runAsync(WaitDetailsTest::refuse).thenRun(() -> {}).get());
          CompletableFuture.runAsync(WaitDetailsTest::refuse).exceptionally(e -> null);
          CompletableFuture.runAsync(WaitDetailsTest::refuse).handle((v, e) -> e);
          pool.shutdown();
          Thread.sleep(1);
          new CountDownLatch(1).await();
        });

    assertThat(report).doesNotContain("Kept by");
  }

  private static void seen(ThrowingRunnable body) throws Exception {
    try {
      body.run();
    } catch (ExecutionException e) {
      assertThat(e).hasRootCauseMessage("answers 503");
    }
  }

  @Test
  void aFailureOfAStageThatLeadsNowhereIsListed() {
    String report =
        deadlock(() -> {
          CompletableFuture.runAsync(WaitDetailsTest::refuse).thenRun(() -> {});
          new CompletableFuture<>().get();
        });

    assertThat(report).containsOnlyOnce("Kept by a CompletableFuture of ");
  }
}
