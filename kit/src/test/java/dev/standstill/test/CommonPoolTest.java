package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The common pool of a loop: how many workers it has, and what it means when they are blocked. */
class CommonPoolTest {

  private static final String PROPERTY = "java.util.concurrent.ForkJoinPool.common.parallelism";

  @AfterEach
  void clearProperty() {
    System.clearProperty(PROPERTY);
  }

  @Test
  void stagesRunOnItsWorkersWhichAreNamedAsThoseOfAJvm() throws Exception {
    Schedules.runOnEach(() -> {
      Thread worker = CompletableFuture.supplyAsync(Thread::currentThread).get();
      assertThat(worker).isInstanceOf(ForkJoinWorkerThread.class);
      assertThat(worker.getName()).matches("ForkJoinPool\\.commonPool-worker-[123]");
      assertThat(worker.isDaemon()).isTrue();
      assertThat(((ForkJoinWorkerThread) worker).getPool()).isSameAs(ForkJoinPool.commonPool());
      return null;
    });
  }

  @Test
  void asManyStagesRunAtOnceAsThereAreWorkers() throws Exception {
    assertThat(secondsForFourStages(TestLoop.builder())).isEqualTo(2);
    assertThat(secondsForFourStages(TestLoop.builder().commonPool(1))).isEqualTo(4);
    assertThat(secondsForFourStages(TestLoop.builder().commonPool(50))).isEqualTo(1);
  }

  /** How long four stages take that sleep for a second each. */
  private static long secondsForFourStages(TestLoop.Builder builder) throws Exception {
    try (TestLoop loop = builder.open()) {
      loop.run(() -> {
        List<CompletableFuture<?>> stages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          stages.add(CompletableFuture.runAsync(() -> sleepOneSecond()));
        }
        stages.forEach(CompletableFuture::join);
      });
      return Duration.between(TestLoop.DEFAULT_START, loop.now()).toSeconds();
    }
  }

  private static void sleepOneSecond() {
    try {
      Thread.sleep(1000);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void workersThatAllWaitForAStageInTheirQueueAreADeadlock() {
    for (int workers : List.of(1, 2)) {
      try (TestLoop loop = TestLoop.builder().commonPool(workers).open()) {
        CountDownLatch latch = new CountDownLatch(1);
        assertThatExceptionOfType(DeadlockException.class)
            .isThrownBy(() ->
                loop.run(() -> {
                  for (int i = 0; i < workers; i++) {
                    CompletableFuture.runAsync(() -> await(latch));
                  }
                  CompletableFuture.runAsync(latch::countDown).join();
                }))
            .withMessageContaining("\"ForkJoinPool.commonPool-worker-%d\"", workers);
        assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
        latch.countDown();
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void itsIdleWorkersWaitForNoTime() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> CompletableFuture.runAsync(() -> {}).join());
      loop.runUntilIdle();

      assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START);
      assertThatIllegalStateException().isThrownBy(loop::advanceToNextTimer);
    }
  }

  @Test
  void thePropertyOfTheJdkSaysHowManyWorkersThereAreUnlessTheBuilderDoes() throws Exception {
    System.setProperty(PROPERTY, "5");

    assertThat(parallelism(TestLoop.builder())).isEqualTo(5);
    assertThat(parallelism(TestLoop.builder().commonPool(2))).isEqualTo(2);
  }

  @Test
  void stagesHaveTwoWorkersWhereThePropertyAllowsNone() throws Exception {
    System.setProperty(PROPERTY, "0");

    try (TestLoop loop = TestLoop.open()) {
      Callable<Integer> oneStage =
          () -> {
            CompletableFuture.runAsync(() -> {}).join();
            return ForkJoinPool.getCommonPoolParallelism();
          };
      assertThat(loop.run(oneStage)).isEqualTo(2);
    }
  }

  private static int parallelism(TestLoop.Builder builder) throws Exception {
    try (TestLoop loop = builder.open()) {
      return loop.run(() -> ForkJoinPool.getCommonPoolParallelism());
    }
  }

  @Test
  void itHasOneWorkerAtLeast() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TestLoop.builder().commonPool(0))
        .withMessage("The common pool has to have workers, one at least, not 0");
  }
}
