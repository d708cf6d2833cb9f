package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The laws of {@link Lives} on a loop in real time, whose tasks other threads cancel at any moment,
 * while still others keep the processors busy.
 */
class LivesUnderLoadTest {

  private static final int CANCELLERS = 4;
  private static final int LIVES_OF_EACH = 8;

  private static final int MOST_NANOS = 30_000_000;

  /** More than a machine has for the rest, so that threads are interrupted anywhere. */
  private static final int BUSY = Runtime.getRuntime().availableProcessors();

  @Test
  void obeyTheLaws() throws Exception {
    live(Duration.ofSeconds(3));
  }

  /** How long it takes can be set: {@code -Dsoak=PT1H}. */
  @Test
  @Tag("slow")
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void obeyTheLawsForALongTime() throws Exception {
    live(Duration.parse(System.getProperty("soak", "PT10M")));
  }

  private static void live(Duration duration) throws Exception {
    long end = System.nanoTime() + duration.toNanos();
    List<Thread> busy =
        IntStream.range(0, BUSY)
            .mapToObj(i -> Thread.ofPlatform().daemon().start(LivesUnderLoadTest::compute))
            .toList();
    try (EventLoop loop = EventLoop.start("lives")) {
      List<FutureTask<long[]>> cancellers = new ArrayList<>();
      for (int i = 0; i < CANCELLERS; i++) {
        int first = i;
        var canceller = new FutureTask<>(() -> cancelUntil(end, loop, first));
        cancellers.add(canceller);
        Thread.ofPlatform().daemon().name("canceller-" + i).start(canceller);
      }
      long cancelled = 0;
      long lived = 0;
      for (FutureTask<long[]> canceller : cancellers) {
        cancelled += canceller.get()[0];
        lived += canceller.get()[1];
      }
      assertThat(loop.tasks()).isEmpty();
      System.out.printf("%s: %,d tasks cancelled, %,d lives%n", duration, cancelled, lived);
    } finally {
      busy.forEach(Thread::interrupt);
    }
  }

  private static void compute() {
    while (!Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  /** Returns how many were cancelled, and how often those lived. */
  private static long[] cancelUntil(long end, EventLoop loop, int first) throws Exception {
    long cancelled = 0;
    long lived = 0;
    for (long seed = first; System.nanoTime() < end; seed += CANCELLERS) {
      var random = new SplittableRandom(seed);
      List<Lives> all = new ArrayList<>();
      List<Task<?>> tasks = new ArrayList<>();
      for (int i = 0; i < LIVES_OF_EACH; i++) {
        Lives lives = new Lives(seed * LIVES_OF_EACH + i);
        all.add(lives);
        tasks.add(loop.spawn("lives", lives::liveUntilCancelled));
      }
      for (int i = 0; i < LIVES_OF_EACH; i++) {
        LockSupport.parkNanos(
            random.nextInt(10) == 0 ? MOST_NANOS : random.nextInt(MOST_NANOS / 10));
        all.get(i).begun().await();
        all.get(i).willBeCancelled();
        tasks.get(i).cancel(true);
      }
      for (Lives lives : all) {
        assertThat(lives.ended().await(5, TimeUnit.MINUTES))
            .as("ended since its cancel: lives of %d among %s", seed, loop.tasks())
            .isTrue();
        assertThat(lives.broken()).as("laws broken by lives of %d", seed).isEmpty();
        lived += lives.lived();
      }
      cancelled += LIVES_OF_EACH;
    }
    return new long[] {cancelled, lived};
  }
}
