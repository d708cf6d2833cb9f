package dev.standstill.test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Runs one body under many schedules. */
final class Schedules {

  private static final int SEEDS = 1_000;

  private Schedules() {}

  /** Runs a body to its end on FIFO and under 1,000 seeds, each time on a new loop. */
  static void runOnEach(Callable<?> body) throws Exception {
    resultsOnEach(body);
  }

  /** Runs a body on FIFO and under 1,000 seeds, and returns what it returned each time. */
  static List<@Nullable Object> resultsOnEach(Callable<?> body) throws Exception {
    List<@Nullable Object> results = new ArrayList<>();
    results.add(resultOn(Schedule.fifo(), body));
    for (long seed = 0; seed < SEEDS; seed++) {
      results.add(resultOn(Schedule.seeded(seed), body));
    }
    return results;
  }

  private static @Nullable Object resultOn(Schedule schedule, Callable<?> body) throws Exception {
    try (TestLoop loop = TestLoop.builder().schedule(schedule).open()) {
      return loop.run(body);
    } catch (Exception | Error e) {
      e.addSuppressed(new AssertionError("Under the schedule " + schedule + "."));
      throw e;
    }
  }
}
