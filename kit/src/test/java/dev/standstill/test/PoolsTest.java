package dev.standstill.test;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.TimerTask;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.StampedLock;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pools and timers that tasks make run on the loop, in virtual time. */
class PoolsTest {

  private static final long START = TestLoop.DEFAULT_START.toEpochMilli();

  @Test
  void aFixedPoolRunsAsManyTasksAtOnceAsItHasThreads() throws Exception {
    Schedules.runOnEach(() -> {
      try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
        List<Future<Long>> ends = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          ends.add(pool.submit(PoolsTest::sleepOneSecond));
        }
        assertThat(ends).extracting(Future::get).containsExactly(1L, 1L, 2L, 2L);
      }
      return null;
    });
  }

  @Test
  void whatAWorkerSubmitsToItsPoolGoesToItsOwnQueue() throws Exception {
    Schedules.runOnEach(() -> {
      List<Object> seen = new ArrayList<>();
      try (ForkJoinPool pool = new ForkJoinPool(1)) {
        pool.submit(
                () -> {
                  IntStream.rangeClosed(1, 3).forEach(i -> pool.submit(() -> seen.add(i)));
                  seen.add("own " + ForkJoinTask.getQueuedTaskCount());
                  seen.add("of workers " + pool.getQueuedTaskCount());
                  seen.add("of others " + pool.getQueuedSubmissionCount());
                })
            .get();
      }
      assertThat(seen).containsExactly("own 3", "of workers 3", "of others 0", 3, 2, 1);
      return null;
    });
  }

  @Test
  void aCachedPoolHandsOverWithoutSpinningAndLetsIdleThreadsGo() throws Exception {
    Schedules.runOnEach(() -> {
      ThreadPoolExecutor pool = (ThreadPoolExecutor) Executors.newCachedThreadPool();
      assertThat(pool.submit(PoolsTest::sleepOneSecond).get()).isEqualTo(1);
      assertThat(pool.submit(PoolsTest::sleepOneSecond).get()).isEqualTo(2);
      assertThat(pool.getPoolSize()).isPositive();
      Thread.sleep(61_000);
      assertThat(pool.getPoolSize()).isZero();
      pool.shutdown();
      return null;
    });
  }

  @Test
  void theHooksOfAPoolSeeItsThread() throws Exception {
    Schedules.runOnEach(() -> {
      List<String> seen = new ArrayList<>();
      try (ThreadPoolExecutor pool =
          new ThreadPoolExecutor(1, 1, 0, SECONDS, new ArrayBlockingQueue<>(1)) {
            @Override
            protected void beforeExecute(Thread thread, Runnable task) {
              seen.add("before " + (thread == Thread.currentThread()) + thread.isVirtual());
            }

            @Override
            protected void afterExecute(Runnable task, Throwable failure) {
              seen.add("after");
            }

            @Override
            protected void terminated() {
              seen.add("terminated");
            }
          }) {
        pool.execute(() -> sleepOneSecond());
        pool.execute(() -> seen.add("queued"));
        assertThatThrownBy(() -> pool.execute(() -> {}))
            .isInstanceOf(RejectedExecutionException.class);
      }
      assertThat(seen)
          .containsExactly(
              "before truefalse", "after", "before truefalse", "queued", "after", "terminated");
      return null;
    });
  }

  @Test
  void whatAPoolRefusesGoesWhereItsPolicySays() throws Exception {
    Schedules.runOnEach(() -> {
      assertThat(ranWhenFull(new ThreadPoolExecutor.CallerRunsPolicy()))
          .containsExactly("third in main", "first in pool", "second in pool");
      assertThat(ranWhenFull(new ThreadPoolExecutor.DiscardPolicy()))
          .containsExactly("first in pool", "second in pool");
      assertThat(ranWhenFull(new ThreadPoolExecutor.DiscardOldestPolicy()))
          .containsExactly("first in pool", "third in pool");
      return null;
    });
  }

  /** What ran, in a pool that has one thread and room for one more task, of three. */
  private static List<String> ranWhenFull(RejectedExecutionHandler policy) {
    List<String> ran = new ArrayList<>();
    try (ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            SECONDS,
            new ArrayBlockingQueue<>(1),
            Thread.ofPlatform().name("pool").factory(),
            policy)) {
      pool.execute(() -> {
        sleep(1);
        ran.add("first in " + Thread.currentThread().getName());
      });
      pool.execute(() -> ran.add("second in " + Thread.currentThread().getName()));
      pool.execute(() -> ran.add("third in " + Thread.currentThread().getName()));
    }
    return ran;
  }

  @Test
  void aFixedRateHasExactInstantsAndAFixedDelayCountsFromTheEnd() throws Exception {
    Schedules.runOnEach(() -> {
      List<Long> rate = new ArrayList<>();
      List<Long> delay = new ArrayList<>();
      try (ScheduledExecutorService pool = Executors.newScheduledThreadPool(2)) {
        Future<?> first =
            pool.scheduleAtFixedRate(
                () -> {
                  rate.add(now());
                  sleep(30);
                },
                50,
                100,
                MILLISECONDS);
        Future<?> second =
            pool.scheduleWithFixedDelay(
                () -> {
                  delay.add(now());
                  sleep(30);
                },
                50,
                100,
                MILLISECONDS);
        Thread.sleep(400);
        first.cancel(false);
        second.cancel(false);
      }
      assertThat(rate).containsExactly(50L, 150L, 250L, 350L);
      assertThat(delay).containsExactly(50L, 180L, 310L);
      return null;
    });
  }

  @Test
  void invokeAllAndInvokeAnyKeepTheirTimeouts() throws Exception {
    Schedules.runOnEach(() -> {
      try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
        List<Callable<Long>> tasks = List.of(PoolsTest::sleepOneSecond, () -> sleepAnd(2_000, 7L));
        assertThat(pool.invokeAny(tasks)).isEqualTo(1L);
        assertThatThrownBy(() -> pool.invokeAny(tasks, 10, MILLISECONDS))
            .isInstanceOf(TimeoutException.class);
        assertThat(pool.invokeAll(tasks, 1_500, MILLISECONDS))
            .extracting(Future::isCancelled)
            .containsExactly(false, true);
      }
      assertThat(now()).isEqualTo(1_000 + 10 + 1_500);
      return null;
    });
  }

  @Test
  void awaitTerminationGivesUpInVirtualTime() throws Exception {
    Schedules.runOnEach(() -> {
      ExecutorService pool = Executors.newSingleThreadExecutor();
      pool.submit(() -> sleepAnd(3_600_000, 1L));
      pool.shutdown();
      assertThat(pool.awaitTermination(59, MINUTES)).isFalse();
      assertThat(pool.awaitTermination(2, MINUTES)).isTrue();
      return null;
    });
  }

  @Test
  void aTimerFiresAtExactInstants() throws Exception {
    Schedules.runOnEach(() -> {
      List<Long> fired = new ArrayList<>();
      Timer timer = new Timer("timer");
      timer.schedule(task(() -> fired.add(now())), 500);
      timer.scheduleAtFixedRate(task(() -> fired.add(now())), 1_000, 1_000);
      Thread.sleep(3_500);
      timer.cancel();
      assertThat(fired).containsExactly(500L, 1_000L, 2_000L, 3_000L);
      return null;
    });
  }

  @Test
  void aForkJoinPoolOfOnesOwnForksAndJoins() throws Exception {
    Schedules.runOnEach(() -> {
      try (ForkJoinPool pool = new ForkJoinPool(3)) {
        assertThat(pool.invoke(new Fibonacci(10))).isEqualTo(55);
        assertThat(pool.submit(() -> Thread.currentThread().getName()).get())
            .startsWith("ForkJoinPool-");
      }
      return null;
    });
  }

  @Test
  void delayedTasksOfAForkJoinPoolRunInVirtualTime() throws Exception {
    Schedules.runOnEach(() -> {
      try (ForkJoinPool pool = new ForkJoinPool(2)) {
        assertThat(pool.schedule(PoolsTest::now, 90, SECONDS).get()).isEqualTo(90_000);
      }
      return null;
    });
  }

  @Test
  void theCommonPoolIsTheLoopsOwn() throws Exception {
    ForkJoinPool outside = ForkJoinPool.commonPool();
    Schedules.runOnEach(() -> {
      ForkJoinPool pool = ForkJoinPool.commonPool();
      assertThat(pool).isNotSameAs(outside);
      assertThat(pool.getParallelism()).isEqualTo(3);
      assertThat(pool.submit(() -> TestLoop.currentIfPresent().isPresent()).get()).isTrue();
      assertThat(new Fibonacci(8).fork().join()).isEqualTo(21);
      return null;
    });
    assertThat(ForkJoinPool.commonPool()).isSameAs(outside);
  }

  @Test
  void parallelStreamsRunOnTheLoop() throws Exception {
    Schedules.runOnEach(() -> {
      Set<Integer> seen = Collections.synchronizedSet(new TreeSet<>());
      IntStream.range(0, 100)
          .parallel()
          .forEach(i -> {
            assertThat(TestLoop.currentIfPresent()).isPresent();
            seen.add(i);
          });
      assertThat(seen).hasSize(100);
      return null;
    });
  }

  @Test
  void completableFuturesRunOnTheLoopWithAndWithoutAnExecutor() throws Exception {
    Schedules.runOnEach(() -> {
      try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
        CompletableFuture<Long> result =
            CompletableFuture.supplyAsync(() -> sleepAnd(1_000, 1L), pool)
                .thenCombineAsync(
                    CompletableFuture.supplyAsync(() -> sleepAnd(2_000, 2L)), Long::sum);
        assertThat(result.get(3, SECONDS)).isEqualTo(3);
      }
      assertThat(now()).isEqualTo(2_000);
      return null;
    });
  }

  @Test
  void aPublisherDeliversOnTheLoop() throws Exception {
    Schedules.runOnEach(() -> {
      List<Integer> seen = new ArrayList<>();
      CompletableFuture<Void> done;
      try (SubmissionPublisher<Integer> publisher = new SubmissionPublisher<>()) {
        done = publisher.consume(seen::add);
        IntStream.range(0, 5).forEach(publisher::submit);
      }
      done.get(1, SECONDS);
      assertThat(seen).containsExactly(0, 1, 2, 3, 4);
      return null;
    });
  }

  @Test
  void waitsThatAreTooShortToParkForEnd() throws Exception {
    Schedules.runOnEach(() -> {
      assertThat(new SynchronousQueue<Integer>().poll(500, NANOSECONDS)).isNull();
      assertThatThrownBy(() -> new Exchanger<Integer>().exchange(1, 500, NANOSECONDS))
          .isInstanceOf(TimeoutException.class);
      return null;
    });
  }

  @Test
  void phasersAndExchangersOfPoolThreadsMeet() throws Exception {
    Schedules.runOnEach(() -> {
      Phaser phaser = new Phaser(2);
      Exchanger<String> exchanger = new Exchanger<>();
      try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
        Future<String> other =
            pool.submit(() -> {
              phaser.arriveAndAwaitAdvance();
              return exchanger.exchange("a");
            });
        phaser.arriveAndAwaitAdvance();
        assertThat(exchanger.exchange("b")).isEqualTo("a");
        assertThat(other.get()).isEqualTo("b");
      }
      return null;
    });
  }

  @Test
  void aStampedLockIsWaitedForWithoutSpinning() throws Exception {
    Schedules.runOnEach(() -> {
      StampedLock lock = new StampedLock();
      List<String> order = new ArrayList<>();
      try (ExecutorService pool = Executors.newFixedThreadPool(3)) {
        long writing = lock.writeLock();
        pool.submit(() -> {
          long reading = lock.readLock();
          order.add("read at " + now());
          lock.unlockRead(reading);
        });
        pool.submit(() -> assertThat(lock.tryWriteLock(5, MILLISECONDS)).isZero());
        sleep(10);
        lock.unlockWrite(writing);
      }
      assertThat(order).containsExactly("read at 10");
      return null;
    });
  }

  @Test
  void aSynchronousQueueHandsOverFromThreadToThread() throws Exception {
    Schedules.runOnEach(() -> {
      SynchronousQueue<Long> queue = new SynchronousQueue<>();
      try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
        pool.submit(() -> {
          queue.put(sleepOneSecond());
          return null;
        });
        assertThat(queue.take()).isEqualTo(1);
      }
      return null;
    });
  }

  private static final ExecutorService STATIC_POOL = Executors.newFixedThreadPool(2);
  private static final ForkJoinPool STATIC_FORK_JOIN_POOL = new ForkJoinPool(2);

  @Test
  void aStaticPoolStartsNewThreadsOnTheNextLoop() throws Exception {
    Schedules.runOnEach(() -> {
      assertThat(STATIC_POOL.submit(PoolsTest::sleepOneSecond).get()).isEqualTo(1);
      assertThat(STATIC_FORK_JOIN_POOL.submit(PoolsTest::sleepOneSecond).get()).isEqualTo(2);
      return null;
    });
    assertThat(((ThreadPoolExecutor) STATIC_POOL).getPoolSize()).isZero();
    assertThat(STATIC_FORK_JOIN_POOL.getPoolSize()).isZero();
  }

  private static long now() {
    return System.currentTimeMillis() - START;
  }

  private static long sleepOneSecond() {
    sleep(1_000);
    return now() / 1_000;
  }

  private static long sleepAnd(long millis, long result) {
    sleep(millis);
    return result;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static TimerTask task(Runnable body) {
    return new TimerTask() {
      @Override
      public void run() {
        body.run();
      }
    };
  }

  /** Computes a Fibonacci number by two tasks for each. */
  private static final class Fibonacci extends RecursiveTask<Integer> {
    private static final long serialVersionUID = 1L;
    private final int n;

    Fibonacci(int n) {
      this.n = n;
    }

    @Override
    protected Integer compute() {
      if (n < 2) {
        return n;
      }
      Fibonacci first = new Fibonacci(n - 1);
      first.fork();
      return new Fibonacci(n - 2).compute() + first.join();
    }
  }
}
