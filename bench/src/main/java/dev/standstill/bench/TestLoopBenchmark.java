package dev.standstill.bench;

import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** What a test pays for its loop. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TestLoopBenchmark {

  /** JMH makes it. */
  public TestLoopBenchmark() {}

  @Benchmark
  public void empty() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {});
    }
  }

  @Benchmark
  public void sleeps() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> {
        for (int i = 0; i < 1_000; i++) {
          Thread.sleep(Duration.ofSeconds(1));
        }
      });
    }
  }
}
