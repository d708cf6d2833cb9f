package dev.standstill.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What stands for a switch in code without virtual threads: a callback that submits itself. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CallbackBenchmark {

  private static final int SWITCHES = 10_000;

  private final ExecutorService executor = Executors.newSingleThreadExecutor();

  /** JMH makes it. */
  public CallbackBenchmark() {}

  @Setup
  public void open() {
    executor.execute(() -> {});
  }

  @TearDown
  public void close() {
    executor.close();
  }

  @Benchmark
  @OperationsPerInvocation(SWITCHES)
  public void resubmit() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(2);
    executor.execute(new Callback(ended));
    executor.execute(new Callback(ended));
    ended.await();
  }

  private final class Callback implements Runnable {
    private final CountDownLatch ended;
    private int left = SWITCHES / 2;

    Callback(CountDownLatch ended) {
      this.ended = ended;
    }

    @Override
    public void run() {
      if (--left > 0) {
        executor.execute(this);
      } else {
        ended.countDown();
      }
    }
  }
}
