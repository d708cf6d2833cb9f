package dev.standstill.bench;

import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the agent rewrites, on threads that have nothing to do with a loop. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class OffLoopBenchmark {

  private final ExecutorService pool = Executors.newFixedThreadPool(1);

  /** JMH makes it. */
  public OffLoopBenchmark() {}

  @TearDown
  public void close() {
    pool.close();
  }

  @Benchmark
  public void startThread() throws InterruptedException {
    Thread thread = new Thread(() -> {});
    thread.start();
    thread.join();
  }

  @Benchmark
  public Integer submitToPool() throws ExecutionException, InterruptedException {
    return pool.submit(() -> 42).get();
  }

  @Benchmark
  public long nanoTime() {
    return System.nanoTime();
  }

  @Benchmark
  public int newRandom() {
    return new Random().nextInt();
  }
}
