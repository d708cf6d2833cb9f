package dev.standstill.test.suite;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What came of all tests of a run. Immutable.
 *
 * @param tests the tests and fixtures, in the order in which they ended
 * @param skipped how many tests did not run
 * @param elapsed how long the whole run took, in real time
 */
record SuiteResult(List<SuiteTest> tests, int skipped, Duration elapsed) {

  /** What came of both runs together. */
  SuiteResult and(SuiteResult later) {
    return new SuiteResult(
        Stream.concat(tests.stream(), later.tests.stream()).toList(),
        skipped + later.skipped,
        elapsed.plus(later.elapsed));
  }

  /** How many tests there are of a kind, without fixtures. */
  long count(Predicate<SuiteTest> wanted) {
    return tests.stream().filter(SuiteTest::isTest).filter(wanted).count();
  }

  /** The sum over all that ran on loops, fixtures of classes included. */
  Duration sum(Function<SuiteTest, Duration> part) {
    return tests.stream()
        .filter(SuiteTest::isOnLoop)
        .map(part)
        .reduce(Duration.ZERO, Duration::plus);
  }

  List<SuiteTest> those(Predicate<SuiteTest> wanted) {
    return tests.stream().filter(wanted).toList();
  }

  /** The tests and fixtures, those with the most virtual time first. */
  List<SuiteTest> byVirtualTime() {
    return tests.stream().sorted(Comparator.comparing(SuiteTest::virtual).reversed()).toList();
  }

  List<SuiteTest> leaving() {
    return those(test -> !test.left().isEmpty());
  }

  /** Those that waited for the outside, the longest first. */
  List<SuiteTest> outside() {
    return tests.stream()
        .filter(test -> !test.outside().isEmpty())
        .sorted(Comparator.comparing(SuiteTest::outsideTime).reversed())
        .toList();
  }

  List<SuiteTest> hanging() {
    return those(test -> test.hang() != null);
  }

  /** How many tests of each class no loop has run, by the name of the class. */
  Map<String, Integer> notOnLoops() {
    Map<String, Integer> counts = new TreeMap<>();
    those(test -> test.isTest() && !test.isOnLoop())
        .forEach(test -> counts.merge(test.type(), 1, Integer::sum));
    return counts;
  }
}
