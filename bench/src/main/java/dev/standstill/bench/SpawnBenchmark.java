package dev.standstill.bench;

import dev.standstill.EventLoop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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

/** A virtual thread from its start, by another one, to its end. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SpawnBenchmark {

  private static final int SPAWNED = 1_000;

  @Param Contestant contestant;
  private Tasks tasks;

  /** JMH makes it. */
  public SpawnBenchmark() {}

  @Setup
  public void open() {
    tasks = Tasks.of(contestant);
  }

  @TearDown
  public void close() {
    tasks.close();
  }

  /** All are started before the first runs. */
  @Benchmark
  @OperationsPerInvocation(SPAWNED)
  public void start() throws Exception {
    tasks.run(() -> {
      CountDownLatch ended = new CountDownLatch(SPAWNED);
      for (int i = 0; i < SPAWNED; i++) {
        Thread.startVirtualThread(ended::countDown);
      }
      ended.await();
    });
  }

  @Benchmark
  @OperationsPerInvocation(SPAWNED)
  public void join() throws Exception {
    tasks.run(() -> {
      for (int i = 0; i < SPAWNED; i++) {
        Thread.startVirtualThread(() -> {}).join();
      }
    });
  }

  @Benchmark
  @OperationsPerInvocation(SPAWNED)
  public void submit() throws Exception {
    tasks.run(() -> submitAndGet(executor()));
  }

  private ExecutorService executor() {
    return contestant == Contestant.JDK
        ? Executors.newVirtualThreadPerTaskExecutor()
        : EventLoop.current();
  }

  private static void submitAndGet(ExecutorService executor) throws Exception {
    for (int i = 0; i < SPAWNED; i++) {
      executor.submit(() -> 42).get();
    }
  }
}
