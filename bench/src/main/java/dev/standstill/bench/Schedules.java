package dev.standstill.bench;

import dev.standstill.bench.program.Increments;
import dev.standstill.explore.Exploration;
import dev.standstill.explore.SearchStrategy;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jetbrains.lincheck.Lincheck;

/** How long one schedule of a small program takes that is explored, in a JVM of its own. */
final class Schedules {

  private static final int MOST_INVOCATIONS = 10_000;

  private Schedules() {}

  /** The program with so many threads of that kind. */
  static Measurement of(int threads, boolean virtual) {
    return (contestant, effort) -> {
      int schedules = Math.max(1_000, effort.blockedTasks() / threads);
      return OwnJvm.measure(contestant, Schedules.class, "-Xmx1g", threads, virtual, schedules);
    };
  }

  static void main(String[] args) {
    Contestant contestant = Contestant.valueOf(args[0]);
    int threads = Integer.parseInt(args[1]);
    boolean virtual = Boolean.parseBoolean(args[2]);
    int schedules = Integer.parseInt(args[3]);
    if (contestant == Contestant.LINCHECK) {
      System.out.println(ofLincheck(threads, virtual));
    } else {
      explore(threads, virtual, schedules);
      System.out.println(explore(threads, virtual, schedules));
    }
    System.exit(0);
  }

  private static double explore(int threads, boolean virtual, int schedules) {
    long began = System.nanoTime();
    Exploration.of(loop -> Increments.run(threads, virtual))
        .strategy(SearchStrategy.RANDOM)
        .schedules(schedules)
        .run()
        .orThrow();
    return (System.nanoTime() - began) / (double) schedules;
  }

  /**
   * Lincheck ends early where it knows no other schedule, so the threads tell how many it has run.
   */
  private static double ofLincheck(int threads, boolean virtual) {
    runLincheck(threads, virtual);
    ThreadMXBean started = ManagementFactory.getThreadMXBean();
    long before = started.getTotalStartedThreadCount();
    long began = System.nanoTime();
    runLincheck(threads, virtual);
    long took = System.nanoTime() - began;
    return (double) took * threads / (started.getTotalStartedThreadCount() - before);
  }

  private static void runLincheck(int threads, boolean virtual) {
    Lincheck.runConcurrentTest(MOST_INVOCATIONS, () -> Increments.run(threads, virtual));
  }
}
