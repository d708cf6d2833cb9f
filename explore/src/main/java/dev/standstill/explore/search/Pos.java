package dev.standstill.explore.search;

import dev.standstill.explore.program.Places;
import java.util.function.Supplier;

/**
 * Partial order sampling (X. Yuan, J. Yang, R. Gu, CAV 2018): each access that is about to be made
 * has a priority by chance, the highest is made, and those that race with it draw theirs anew. So
 * an access that comes after {@code k} others of its task is made before one that races with it in
 * one of about {@code k} runs; in a random walk, in one of {@code 2^k}.
 */
final class Pos extends Search {

  /** After so many choices all draw anew: others may wait for the one with the lowest priority. */
  private static final int PATIENCE = 1_000;

  private int choices;

  @Override
  void begin(long seed) {
    super.begin(seed);
    choices = 0;
  }

  @Override
  void born(ExploredTask task) {
    task.priority = random.nextDouble();
  }

  @Override
  void yields(ExploredTask task) {
    task.priority = random.nextDouble() - 1;
  }

  @Override
  void executes(ExploredTask task, Supplier<Candidates> others) {
    Candidates ready = others.get();
    for (int index = 0; index < ready.size(); index++) {
      ExploredTask other = ready.get(index);
      if (other != task && races(other, task)) {
        other.priority = random.nextDouble();
      }
    }
    task.priority = random.nextDouble();
  }

  @Override
  int pick(Candidates candidates) {
    if (++choices % PATIENCE == 0) {
      for (int index = 0; index < candidates.size(); index++) {
        candidates.get(index).priority = random.nextDouble();
      }
    }
    return Pct.highest(candidates);
  }

  /** Whether the order of two accesses that are about to be made matters. */
  private static boolean races(ExploredTask one, ExploredTask other) {
    return one.isKnown()
        && other.isKnown()
        && one.target == other.target
        && Places.conflict(one.place, other.place);
  }

  @Override
  public Search fork() {
    return new Pos();
  }
}
