package dev.standstill.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.notebook.TestRun.Result;
import dev.standstill.notebook.TestRun.Status;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How a run is shown. */
class ReportTest {

  private static final TestRun RUN =
      new TestRun(
          List.of(
              new Result(
                  "ATest.passes",
                  "",
                  3,
                  Status.PASSED,
                  Duration.ofMillis(12),
                  Duration.ofMinutes(90),
                  "<b>&\n",
                  null,
                  null),
              new Result(
                  "ATest.fails",
                  "",
                  1,
                  Status.FAILED,
                  Duration.ofMillis(1_234),
                  null,
                  "",
                  new IllegalStateException("no <way>"),
                  null),
              new Result(
                  "ATest.off", "", 1, Status.SKIPPED, Duration.ZERO, null, "", null, "not today")),
          Duration.ofMillis(1_300));

  @Test
  void theTextHasALineForEachTestAndOneForAll() {
    assertThat(RUN.toString())
        .startsWith("✓ ATest.passes (3 runs, 12 ms, virtual 1 h 30 min)\n")
        .contains("\n✗ ATest.fails (1.2 s)\n    IllegalStateException: no <way>\n")
        .contains("\n– ATest.off (skipped)\n    not today\n")
        .endsWith("3 passed, 1 failed, 1 skipped, in 1.3 s");
  }

  @Test
  void theTableHasARowForEachTest() {
    assertThat(RUN.toHtml())
        .contains(
            "<tr class=\"passed\"><td>✓ passed</td><td><code>ATest.passes</code> · 3 runs</td><td>12 ms</td><td>1 h 30 min</td></tr>")
        .contains("<td>✗ failed</td><td><code>ATest.fails</code></td><td>1.2 s</td><td></td>")
        .contains("<td>– skipped</td><td><code>ATest.off</code></td>");
  }

  @Test
  void whatTestsSayIsNoMarkup() {
    assertThat(RUN.toHtml())
        .contains("IllegalStateException: no &lt;way&gt;")
        .contains("&lt;b&gt;&amp;");
  }

  @Test
  void aFailureIsOpenAndTheRestIsClosed() {
    assertThat(RUN.toHtml())
        .contains("<details open><summary><code>ATest.fails</code></summary>")
        .contains("<details><summary><code>ATest.passes</code></summary>")
        .doesNotContain("<script");
  }

  @Test
  void eachRunOfAMethodCounts() {
    assertThat(RUN.count(Status.PASSED)).isEqualTo(3);
    assertThat(RUN.hasPassed()).isFalse();
  }

  /** MathJax sets what is between two dollars in italics, but for code. */
  @Test
  void namesAndFramesAreCode() {
    AssertionError failure = new AssertionError("not so");
    failure.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("shop.Cart", "lambda$cross$0", "Cart.java", 7)
        });
    TestRun run = runOf(result("ATest.a$b$c", "", 1, Status.FAILED, failure));

    assertThat(run.toHtml())
        .startsWith("<div class=\"standstill tex2jax_ignore mathjax_ignore\">")
        .contains(
            "<td><code>ATest.a$b$c</code></td>", "<summary><code>ATest.a$b$c</code></summary>")
        .contains("<code>at shop.Cart.lambda$cross$0(Cart.java:7)</code>");
  }

  @Test
  void theRunsOfOneTestAreOneRowAndTheFailuresFollow() {
    AssertionError failure = new AssertionError("not so");
    TestRun run =
        runOf(
            result("ATest.often", "", 36, Status.PASSED, null),
            result("ATest.often", "repetition 3 of 40", 1, Status.FAILED, failure),
            result("ATest.once", "", 1, Status.PASSED, null),
            result("ATest.often", "repetition 8 of 40", 1, Status.FAILED, failure),
            result("ATest.often", "repetition 9 of 40", 1, Status.FAILED, failure),
            result("ATest.often", "repetition 10 of 40", 1, Status.FAILED, failure));

    assertThat(run.toHtml())
        .containsOnlyOnce("<td>✗ failed</td><td><code>ATest.often</code> · 36 of 40 passed</td>")
        .contains("<summary><code>ATest.often [repetition 8 of 40]</code></summary>");
    assertThat(run.toString())
        .startsWith("✗ ATest.often (36 of 40 passed, 60 ms)\n    repetition 3 of 40:\n    not so\n")
        .contains("\n✓ ATest.once (12 ms)\n")
        .contains("37 passed, 4 failed, in ");
  }

  @Test
  void ofVeryManyFailuresOfOneTestTheFirstAreShown() {
    AssertionError failure = new AssertionError("not so");
    TestRun run =
        runOf(
            IntStream.rangeClosed(1, 1_000)
                .mapToObj(
                    number -> result("ATest.often", "[" + number + "]", 1, Status.FAILED, failure))
                .toArray(Result[]::new));

    assertThat(run.toHtml())
        .contains("990 more of its runs are not shown.")
        .hasSizeLessThan(20_000);
    assertThat(run.toString()).contains("990 more of its runs are not shown.");
  }

  private static TestRun runOf(Result... results) {
    return new TestRun(List.of(results), Duration.ofMillis(1_300));
  }

  private static Result result(
      String test, String invocation, int runs, Status status, @Nullable Throwable failure) {
    return new Result(
        test, invocation, runs, status, Duration.ofMillis(12), null, "", failure, null);
  }
}
