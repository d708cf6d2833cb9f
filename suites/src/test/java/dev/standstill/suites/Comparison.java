package dev.standstill.suites;

import java.util.Map;
import java.util.TreeMap;

/** What differs between a suite that ran plainly and one that ran on loops. */
final class Comparison {

  private Comparison() {}

  /**
   * Returns the tests that pass plainly and not on loops.
   *
   * @return by unique id, what came of each on loops
   */
  static Map<String, Outcome> failingOnLoopsOnly(SuiteRun plain, SuiteRun onLoops) {
    Map<String, Outcome> failing = new TreeMap<>();
    plain
        .tests()
        .forEach((test, outcome) -> {
          Outcome there = onLoops.outcomeOf(test);
          if (outcome.passed() && !there.passed()) {
            failing.put(test, there);
          }
        });
    return failing;
  }
}
