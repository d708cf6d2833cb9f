package dev.standstill.notebook;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run of tests. Below a cell it is shown as a table, and as text where there is no
 * HTML. Immutable.
 *
 * @param results a result for each test, in the order in which they ended
 * @param realTime how long the run took
 */
public record TestRun(List<Result> results, Duration realTime) {

  /** What came of a test. */
  public enum Status {
    /** It ended as it should. */
    PASSED,
    /** It threw. */
    FAILED,
    /** It was disabled, or an assumption did not hold. */
    SKIPPED
  }

  /**
   * What came of one test.
   *
   * @param test the class and the method, as {@code RetryTest.waits}, or what its author calls it
   * @param invocation what sets an invocation that has not passed apart from the others of its
   *     method; empty if there is one only
   * @param runs how many invocations this result is for: those of one method that passed share one
   * @param status what came of it
   * @param realTime how long it took
   * @param virtualTime how far the time of its loop was at its end; null if it ran in real time
   * @param output what was printed meanwhile
   * @param failure what it threw; null if it passed
   * @param reason why it was skipped; null if it was not, or gave none
   */
  public record Result(
      String test,
      String invocation,
      int runs,
      Status status,
      Duration realTime,
      @Nullable Duration virtualTime,
      String output,
      @Nullable Throwable failure,
      @Nullable String reason) {

    /**
     * Names the test and its invocation.
     *
     * @return as {@code RetryTest.waits [repetition 3 of 40]}
     */
    public String name() {
      return invocation.isEmpty() ? test : test + " [" + invocation + "]";
    }
  }

  /** Copies the list. */
  public TestRun {
    results = List.copyOf(results);
  }

  /**
   * Counts the tests that ended so; each invocation of a method counts.
   *
   * @param status what came of them
   * @return their number
   */
  public int count(Status status) {
    return results.stream()
        .filter(result -> result.status() == status)
        .mapToInt(Result::runs)
        .sum();
  }

  /**
   * Tells whether no test failed.
   *
   * @return true also if all were skipped
   */
  public boolean hasPassed() {
    return count(Status.FAILED) == 0;
  }

  /**
   * Throws if a test failed, so that a notebook that is run without a reader ends there: {@code
   * Notebook.run().check()}.
   *
   * @return this run
   * @throws AssertionError if a test failed; the message is the whole report
   */
  public TestRun check() {
    if (!hasPassed()) {
      throw new AssertionError(this.toString());
    }
    return this;
  }

  /**
   * Shows the run as HTML: self-contained, for light and dark pages, without scripts.
   *
   * @return an element for the body of a page
   */
  public String toHtml() {
    return HtmlReport.of(this);
  }

  /** Shows the run as text: a line for each test, and more about those that failed. */
  @Override
  public String toString() {
    return TextReport.of(this);
  }
}
