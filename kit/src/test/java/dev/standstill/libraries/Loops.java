package dev.standstill.libraries;

import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Runs one body on several loops. */
final class Loops {

  private static final int SEEDS = 20;
  private static final int SOME_SEEDS = 3;

  private Loops() {}

  /** Runs a body to its end on FIFO and under some seeds, each time on a new loop. */
  static void runOnEach(Callable<?> body) throws Exception {
    runOn(SEEDS, body);
  }

  /** The same under fewer seeds, for what takes many slices. */
  static void runOnSome(Callable<?> body) throws Exception {
    runOn(SOME_SEEDS, body);
  }

  private static void runOn(int seeds, Callable<?> body) throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(body);
    }
    for (long seed = 0; seed < seeds; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        loop.run(body);
      }
    }
  }

  /** Returns how much virtual time has passed on the loop of the calling task. */
  static Duration elapsed() {
    return Duration.between(TestLoop.DEFAULT_START, Instant.now());
  }
}
