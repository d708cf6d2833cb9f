package dev.standstill.bench;

import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Timers that are set and fire at once while a million others are pending. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TimerBenchmark {

  private static final int PENDING = 1_000_000;
  private static final int FIRED = 1_000;
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  @Param Contestant contestant;
  private ScheduledExecutorService worker;

  /** JMH makes it. */
  public TimerBenchmark() {}

  @Setup
  public void open() throws Exception {
    worker = Workers.scheduled(contestant);
    worker
        .submit(() -> {
          SplittableRandom random = new SplittableRandom(1);
          for (int i = 0; i < PENDING; i++) {
            worker.schedule(() -> {}, random.nextLong(HOUR, 2 * HOUR), TimeUnit.NANOSECONDS);
          }
        })
        .get();
  }

  @TearDown
  public void close() {
    worker.shutdownNow();
  }

  @Benchmark
  @OperationsPerInvocation(FIRED)
  public void fire() throws InterruptedException {
    CountDownLatch fired = new CountDownLatch(FIRED);
    worker.execute(() -> {
      for (int i = 0; i < FIRED; i++) {
        worker.schedule(fired::countDown, 1, TimeUnit.NANOSECONDS);
      }
    });
    fired.await();
  }
}
