package dev.standstill.explore;

import dev.standstill.explore.search.Search;
import dev.standstill.explore.search.Searches;

/**
 * How the next schedule is chosen. No strategy is the best for all programs, so {@link #AUTO} takes
 * turns.
 */
public enum SearchStrategy {

  /**
   * First in, first out once; then, for a twentieth of the schedules, {@link #DFS} with one
   * preemption; then {@link #SURW}, {@link #POS}, {@link #PCT}, {@link #STICKY} and {@link #RANDOM}
   * in shares of 40, 20, 20, 10 and 10 of 100.
   */
  AUTO,

  /** Goes on with the task that runs, else with the one that is ready the longest. One schedule. */
  FIFO,

  /** A random walk: at each switch point, each task is equally likely. */
  RANDOM,

  /** A random walk that mostly goes on with the task that runs. */
  STICKY,

  /**
   * Probabilistic concurrency testing (Burckhardt and others, ASPLOS 2010): priorities by chance,
   * and a few points at which they change.
   */
  PCT,

  /** Partial order sampling (Yuan and others, CAV 2018): priorities for accesses that race. */
  POS,

  /**
   * Selectively uniform random walk (Zhao and others, ASPLOS 2025): all orders of the accesses to a
   * few places are equally likely.
   */
  SURW,

  /**
   * Depth first, all schedules with no preemption, then with one, and so on up to six (Musuvathi
   * and Qadeer, PLDI 2007). Says what it has shown.
   */
  DFS;

  /** Makes a search for so many schedules at most. */
  Search search(long budget) {
    return Searches.of(name(), budget);
  }
}
