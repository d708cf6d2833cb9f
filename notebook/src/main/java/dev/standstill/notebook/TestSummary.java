package dev.standstill.notebook;

import dev.standstill.notebook.TestRun.Result;
import dev.standstill.notebook.TestRun.Status;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What came of one test, however often it ran: a line of a report.
 *
 * @param results those of its invocations, at least one
 */
record TestSummary(List<Result> results) {

  /** How many results of one test a report goes into. */
  private static final int TOLD = 10;

  /** The tests of a run, in the order of their first results. */
  static List<TestSummary> of(TestRun run) {
    return run.results().stream()
        .collect(Collectors.groupingBy(Result::test, LinkedHashMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(TestSummary::new)
        .toList();
  }

  /** The name of the test; with its invocation if there was one only. */
  String name() {
    return runs() == 1 ? results.getFirst().name() : results.getFirst().test();
  }

  int runs() {
    return results.stream().mapToInt(Result::runs).sum();
  }

  /** That of the worst result. */
  Status status() {
    return count(Status.FAILED) > 0
        ? Status.FAILED
        : count(Status.PASSED) > 0 ? Status.PASSED : Status.SKIPPED;
  }

  /** As {@code 36 of 40 passed}; empty if it ran once. */
  String share() {
    int passed = count(Status.PASSED);
    if (runs() == 1) {
      return "";
    }
    return passed == runs() ? runs() + " runs" : "%d of %d passed".formatted(passed, runs());
  }

  private int count(Status status) {
    return results.stream()
        .filter(result -> result.status() == status)
        .mapToInt(Result::runs)
        .sum();
  }

  Duration realTime() {
    return results.stream().map(Result::realTime).reduce(Duration.ZERO, Duration::plus);
  }

  /** The longest; null if it never ran in virtual time. */
  @Nullable Duration virtualTime() {
    return results.stream()
        .map(Result::virtualTime)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }

  /** The results of which there is more to say than that they passed, up to some. */
  List<Result> told() {
    return results.stream().filter(TestSummary::hasMore).limit(TOLD).toList();
  }

  /** How many more there are; as a sentence, or empty if none. */
  String untold() {
    long more = results.stream().filter(TestSummary::hasMore).skip(TOLD).count();
    return more == 0 ? "" : "%,d more of its runs are not shown.".formatted(more);
  }

  private static boolean hasMore(Result result) {
    return result.failure() != null || result.reason() != null || !result.output().isEmpty();
  }
}
