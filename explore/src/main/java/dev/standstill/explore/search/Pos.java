package dev.standstill.explore.search;

import dev.standstill.explore.program.Places;
import java.util.function.Supplier;

/**
 * Partial order sampling (X. Yuan, J. Yang, R. Gu, CAV 2018): each access that is about to be made
 * has a priority by chance, the highest is made, and those that race with it draw theirs anew. So
 * each order of accesses that race is about as likely as any other, whatever else happens between.
 */
final class Pos extends Search {

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
    return Pct.highest(candidates);
  }

  /** Whether the order of two accesses that are about to be made matters. */
  private static boolean races(ExploredTask one, ExploredTask other) {
    return one.isKnown()
        && other.isKnown()
        && one.target == other.target
        && Places.conflict(one.place, other.place);
  }
}
