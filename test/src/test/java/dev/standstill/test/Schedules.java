package dev.standstill.test;

import java.util.concurrent.Callable;

/** Runs one body under many schedules. */
final class Schedules {

  private static final int SEEDS = 1_000;

  private Schedules() {}

  /** Runs a body to its end on FIFO and under 1,000 seeds, each time on a new loop. */
  static void runOnEach(Callable<?> body) throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(body);
    }
    for (long seed = 0; seed < SEEDS; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        loop.run(body);
      }
    }
  }
}
