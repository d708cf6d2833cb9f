package dev.standstill.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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

/** Work that a thread hands to another's loop or executor. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HandOverBenchmark {

  private static final int FLOOD = 10_000;

  @Param Contestant contestant;
  private ExecutorService worker;
  private volatile boolean answered;

  /** JMH makes it. */
  public HandOverBenchmark() {}

  @Setup
  public void open() {
    worker = Workers.of(contestant);
  }

  @TearDown
  public void close() {
    worker.shutdownNow();
  }

  /** From the first of many to the end of the last. */
  @Benchmark
  @OperationsPerInvocation(FLOOD)
  public void flood() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(FLOOD);
    for (int i = 0; i < FLOOD; i++) {
      worker.execute(ended::countDown);
    }
    ended.await();
  }

  /** There, while the other thread sleeps, and back, while this one does. */
  @Benchmark
  public void roundTrip() {
    answered = false;
    Thread caller = Thread.currentThread();
    worker.execute(() -> {
      answered = true;
      LockSupport.unpark(caller);
    });
    while (!answered) {
      LockSupport.park(this);
    }
  }
}
