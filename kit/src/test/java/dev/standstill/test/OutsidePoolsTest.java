package dev.standstill.test;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.ThrowingRunnable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Work that a task hands to a pool whose threads run already, elsewhere, is outside work: time
 * never jumps over it, and the report says who runs it and where it was handed over.
 */
class OutsidePoolsTest {

  private static final Duration MOMENT = Duration.ofMillis(20);

  private final CountDownLatch finish = new CountDownLatch(1);
  private final TestLoop loop = TestLoop.open();
  private final ExecutorService pool = outside(Executors.newFixedThreadPool(1));

  /** A pool of which one thread runs, started by no task. */
  private static <P extends ExecutorService> P outside(P pool) {
    try {
      pool.submit(() -> Thread.currentThread().setName("worker")).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return pool;
  }

  @AfterEach
  void close() {
    finish.countDown();
    pool.shutdownNow();
    loop.close();
  }

  private void awaitFinish() {
    try {
      finish.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sees that time does not jump over {@code handing}, and goes on once the work may finish. */
  private static void waitsFor(String what, ThrowingRunnable handing, CountDownLatch finish)
      throws Exception {
    try (TestLoop loop = TestLoop.builder().realTimeLimit(MOMENT).leaks(Leaks.IGNORE).open()) {
      loop.spawn("main", handing);
      loop.spawn("sleeper", () -> Thread.sleep(Duration.ofHours(1)));
      List<ThrowingRunnable> calls =
          List.of(
              loop::runUntilBlocked,
              () -> loop.advance(Duration.ofHours(1)),
              loop::runUntilIdle,
              () -> loop.run(() -> Thread.sleep(1)));
      for (ThrowingRunnable call : calls) {
        assertThatExceptionOfType(OutsideWaitException.class)
            .isThrownBy(call::run)
            .withMessageContaining("what is outside of it, its limit: " + what);
      }
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
      finish.countDown();
      runToItsEnd(loop);
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofHours(1)));
    }
  }

  /** The work may finish, but this machine is slow. */
  private static void runToItsEnd(TestLoop loop) {
    while (loop.tasksStarted() > 0 && !loop.blocked().isEmpty()) {
      try {
        loop.runUntilIdle();
      } catch (OutsideWaitException e) {
        assertThat(e).hasMessageContaining("worker");
      }
    }
  }

  private static String handedToWorker(String by) {
    return "work that task \"%s\" (OutsidePoolsTest.java:".formatted(by);
  }

  @Test
  void workThatRunsIsWaitedForAndNamed() throws Exception {
    waitsFor(handedToWorker("main"), () -> pool.execute(this::awaitFinish), finish);
  }

  @Test
  void theReportNamesTheThreadThatRunsTheWork() throws Exception {
    try (TestLoop impatient = TestLoop.builder().realTimeLimit(MOMENT).open()) {
      var began = new CountDownLatch(1);
      impatient.spawn(() ->
          pool.execute(() -> {
            began.countDown();
            awaitFinish();
          }));
      impatient.runReady();
      began.await();

      assertThatThrownBy(impatient::runUntilBlocked)
          .isInstanceOf(OutsideWaitException.class)
          .hasMessageContaining(") handed to thread \"worker\", which is not the loop's.");
    }
  }

  @Test
  void workThatIsQueuedIsWaitedForAndNamed() throws Exception {
    pool.execute(this::awaitFinish);
    waitsFor(
        "task \"main\" waits for " + handedToWorker("main"),
        () -> pool.submit(() -> 1).get(),
        finish);
  }

  @Test
  void aTaskThatWaitsForQueuedWorkIsExternallyBlocked() throws Exception {
    pool.execute(this::awaitFinish);
    Future<Integer> answer = loop.spawn("asking", () -> pool.submit(() -> 1).get());
    loop.runReady();

    assertThat(loop.blocked())
        .singleElement()
        .extracting(BlockedTask::outside)
        .asString()
        .startsWith("work that task \"asking\" (OutsidePoolsTest.java:")
        .endsWith(") handed to a pool whose thread \"worker\" is not the loop's");
    finish.countDown();
    assertThat(loop.runUntilDone(answer)).isEqualTo(1);
  }

  @Test
  void aFutureCompletedByAPoolOfOthersIsWaitedFor() throws Exception {
    try (ForkJoinPool forkJoin = outside(new ForkJoinPool(1))) {
      for (Executor executor : List.of(pool, forkJoin)) {
        int answer =
            loop.run(() -> {
              Thread.sleep(1);
              return CompletableFuture.supplyAsync(() -> 1, executor)
                  .thenCombine(CompletableFuture.supplyAsync(() -> 2, executor), Integer::sum)
                  .get(1, SECONDS);
            });
        assertThat(answer).isEqualTo(3);
      }
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plusMillis(2));
    }
  }

  @Test
  void workOfAForkJoinPoolIsWaitedFor() throws Exception {
    try (ForkJoinPool forkJoin = outside(new ForkJoinPool(1))) {
      waitsFor(handedToWorker("main"), () -> forkJoin.execute(this::awaitFinish), finish);
    }
  }

  @Test
  void workIsWaitedForAtWhateverMomentItEnds() throws Exception {
    for (int i = 0; i < 300; i++) {
      BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
      int answer =
          loop.run(() -> {
            pool.execute(() -> answers.add(1));
            return answers.poll(1, SECONDS);
          });
      assertThat(answer).isEqualTo(1);
    }
    assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
  }

  @Test
  void oneObjectHandedOverTwiceIsWaitedForTwice() throws Exception {
    BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    Runnable work = () -> answers.add(1);
    loop.run(() -> {
      pool.execute(work);
      pool.execute(work);
    });
    loop.runUntilBlocked();
    assertThat(answers).hasSize(2);
  }

  @Test
  void whatAPoolDoesAfterItsWorkIsWaitedForToo() throws Exception {
    BlockingQueue<String> log = new LinkedBlockingQueue<>();
    try (ThreadPoolExecutor hooked =
        new ThreadPoolExecutor(1, 1, 0, SECONDS, new LinkedBlockingQueue<>()) {
          @Override
          protected void afterExecute(Runnable work, Throwable failure) {
            log.add("after");
          }
        }) {
      outside(hooked);
      log.take();
      loop.run(() -> {
        hooked.execute(() -> {});
        assertThat(log.poll(1, SECONDS)).isEqualTo("after");
      });
    }
  }

  @Test
  void workThatFailsIsOver() {
    pool.shutdownNow();
    try (ExecutorService failing =
        outside(Executors.newFixedThreadPool(1, OutsidePoolsTest::quietThread))) {
      loop.spawn(() ->
          failing.execute(() -> {
            throw new IllegalStateException("on purpose");
          }));
      loop.runUntilIdle();
    }
  }

  private static Thread quietThread(Runnable body) {
    Thread thread = new Thread(body);
    thread.setUncaughtExceptionHandler((failed, exception) -> {});
    return thread;
  }

  @Test
  void workThatWasCancelledRemovedOrRejectedIsNotWaitedFor() throws Exception {
    var began = new CountDownLatch(1);
    ThreadPoolExecutor small =
        new ThreadPoolExecutor(1, 1, 0, SECONDS, new ArrayBlockingQueue<>(1));
    small.execute(() -> {
      began.countDown();
      awaitFinish();
    });
    began.await();
    Runnable queued = () -> {};
    loop.run(() -> {
      small.execute(queued);
      assertThatThrownBy(() -> small.execute(() -> {}))
          .isInstanceOf(RejectedExecutionException.class);
      assertThat(small.remove(queued)).isTrue();
      Thread.sleep(1);

      small.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardOldestPolicy());
      small.execute(queued);
      small.submit(queued).cancel(false);
      Thread.sleep(1);

      small.execute(queued);
      assertThat(small.shutdownNow()).hasSize(1);
      Thread.sleep(1);
    });
  }

  @Test
  void theDelaysOfAScheduledPoolOfOthersAreReal() throws Exception {
    try (ScheduledExecutorService timers = outside(Executors.newScheduledThreadPool(1))) {
      long began = System.nanoTime();
      assertThat(loop.run(() -> timers.schedule(() -> 1, 30, MILLISECONDS).get())).isEqualTo(1);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(30));
      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
    }
  }

  @Test
  void workThatRepeatsIsWaitedForUntilItHasRunOnce() throws Exception {
    List<String> log = new ArrayList<>();
    try (ScheduledExecutorService timers = outside(Executors.newScheduledThreadPool(1))) {
      loop.run(() -> {
        timers.scheduleAtFixedRate(() -> log.add("ran"), 30, 3_600_000, MILLISECONDS);
        Thread.sleep(Duration.ofDays(1));
        assertThat(log).containsExactly("ran");
      });
      timers.shutdownNow();
    }
  }

  @Test
  void aPoolLivesWhereItsFirstThreadWasStarted() throws Exception {
    try (ExecutorService two = outside(Executors.newFixedThreadPool(2))) {
      assertThat(
              loop.run(() -> {
                Future<Boolean> first = two.submit(OutsidePoolsTest::isOnLoop);
                Future<Boolean> second = two.submit(OutsidePoolsTest::isOnLoop);
                return List.of(first.get(), second.get());
              }))
          .containsExactly(false, false);
    }
  }

  private static boolean isOnLoop() {
    return TestLoop.currentIfPresent().isPresent();
  }

  @Test
  void aScheduledPoolReadsTheClockOfItsThreadsWhoeverSchedules() throws Exception {
    try (ScheduledExecutorService timers = Executors.newScheduledThreadPool(1)) {
      loop.run(() -> timers.submit(() -> {}).get());
      ScheduledFuture<Boolean> poked = timers.schedule(OutsidePoolsTest::isOnLoop, 10, SECONDS);
      loop.advance(Duration.ofSeconds(9));
      assertThat(poked.isDone()).isFalse();
      loop.advance(Duration.ofSeconds(1));
      assertThat(poked.resultNow()).isTrue();
      loop.close();
    }
  }
}
