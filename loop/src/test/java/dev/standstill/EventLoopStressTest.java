package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One production loop in the hands of many threads. */
class EventLoopStressTest {

  private static final int THREADS = 100;

  @Test
  void losesNothingAndKeepsTheOrderOfEachThread() throws Exception {
    soak(Duration.ofSeconds(2));
  }

  /** How long it takes can be set: {@code -Dsoak=PT1H}. */
  @Test
  @Tag("slow")
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void losesNothingAndKeepsTheOrderOfEachThreadForALongTime() throws Exception {
    soak(Duration.parse(System.getProperty("soak", "PT10M")));
  }

  private static void soak(Duration duration) throws Exception {
    try (EventLoop loop = EventLoop.start("soak");
        SoakWork work = new SoakWork(loop)) {
      List<SoakThread> threads =
          IntStream.range(0, THREADS).mapToObj(i -> new SoakThread(loop, work, duration)).toList();
      threads.forEach(Thread::start);
      for (SoakThread thread : threads) {
        thread.join();
      }

      assertThat(threads).allSatisfy(SoakThread::assertAllRanInOrder);
      work.assertAllDone();
      System.out.printf(
          "%s: %,d tasks of %d threads; %s; processor time when idle: %s%n",
          duration,
          threads.stream().mapToLong(SoakThread::given).sum(),
          THREADS,
          work,
          assertIdle("soak"));
    }
  }

  @Test
  void executesAllThatHundredThreadsHandOverInTheirOrder() throws Exception {
    execute(1_000);
  }

  @Test
  @Tag("slow")
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void executesTenMillionThatHundredThreadsHandOverInTheirOrder() throws Exception {
    execute(100_000);
  }

  private static void execute(int callsOfEachThread) throws Exception {
    int[] ran = new int[THREADS]; // only tasks of the loop touch it
    AtomicInteger disordered = new AtomicInteger();
    try (EventLoop loop = EventLoop.start("hammered")) {
      List<Threads.Running<Void>> threads =
          IntStream.range(0, THREADS)
              .mapToObj(i ->
                  Threads.start(
                      "hammer-" + i,
                      () -> {
                        for (int call = 0; call < callsOfEachThread; call++) {
                          int number = call;
                          loop.execute(() -> {
                            if (ran[i]++ != number) {
                              disordered.incrementAndGet();
                            }
                          });
                        }
                      }))
              .toList();
      for (Threads.Running<Void> thread : threads) {
        thread.get();
      }
      loop.submit(() -> {}).get(); // comes after all that was handed over
    }

    assertThat(ran).containsOnly(callsOfEachThread);
    assertThat(disordered).hasValue(0);
  }

  @Test
  void takesNoProcessorTimeWhileItsOnlyTaskWaits() throws Exception {
    try (EventLoop loop = EventLoop.start("idle")) {
      CountDownLatch waiting = new CountDownLatch(1);
      loop.spawn(() -> {
        waiting.countDown();
        new CountDownLatch(1).await();
      });
      waiting.await();

      assertIdle("idle");
    }
  }

  /** Watches the loop's thread for a second: asleep, it takes nothing; awake, most of it. */
  private static Duration assertIdle(String threadName) throws InterruptedException {
    long before = processorNanos(threadName);
    Thread.sleep(Duration.ofSeconds(1));
    Duration used = Duration.ofNanos(processorNanos(threadName) - before);
    assertThat(used).isLessThan(Duration.ofMillis(50));
    return used;
  }

  private static long processorNanos(String threadName) {
    Thread thread =
        Thread.getAllStackTraces().keySet().stream()
            .filter(candidate -> candidate.getName().equals(threadName))
            .findFirst()
            .orElseThrow();
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId());
  }

  @Test
  void runsOrRefusesWhatIsHandedOverWhileItCloses() throws Exception {
    for (int round = 0; round < 200; round++) {
      AtomicInteger accepted = new AtomicInteger();
      AtomicInteger ran = new AtomicInteger();
      CountDownLatch begun = new CountDownLatch(1);
      EventLoop loop = EventLoop.start("closing");
      Thread giver =
          Thread.startVirtualThread(() -> {
            try {
              while (true) {
                loop.execute(ran::incrementAndGet);
                accepted.incrementAndGet();
                begun.countDown();
              }
            } catch (RejectedExecutionException closed) {
              // Until then all was accepted.
            }
          });
      begun.await();

      loop.shutdown();

      giver.join();
      assertThat(loop.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
      assertThat(ran).hasValue(accepted.get());
    }
  }
}
