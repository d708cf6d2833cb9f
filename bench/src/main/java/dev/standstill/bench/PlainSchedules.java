package dev.standstill.bench;

import dev.standstill.bench.program.Sums;
import dev.standstill.explore.Exploration;
import dev.standstill.explore.SearchStrategy;

/**
 * How long one schedule of a program takes that mostly accesses plain fields and arrays, with data
 * races told and without, in a JVM of its own.
 */
final class PlainSchedules {

  private static final int THREADS = 5;
  private static final int SCHEDULES = 10_000;

  private PlainSchedules() {}

  /**
   * The program.
   *
   * @param races whether data races are looked for
   */
  static Measurement of(boolean races) {
    return (contestant, effort) ->
        OwnJvm.measure(contestant, PlainSchedules.class, "-Xmx1g", races);
  }

  static void main(String[] args) {
    boolean races = Boolean.parseBoolean(args[1]);
    explore(races);
    System.out.println(explore(races));
    System.exit(0);
  }

  private static double explore(boolean races) {
    Exploration exploration =
        Exploration.of(loop -> Sums.run(THREADS))
            .strategy(SearchStrategy.RANDOM)
            .schedules(SCHEDULES);
    if (!races) {
      exploration.ignoreRaces();
    }
    long began = System.nanoTime();
    exploration.run().orThrow();
    return (System.nanoTime() - began) / (double) SCHEDULES;
  }
}
