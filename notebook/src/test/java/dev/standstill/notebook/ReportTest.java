package dev.standstill.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.notebook.TestRun.Result;
import dev.standstill.notebook.TestRun.Status;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How a run is shown. */
class ReportTest {

  private static final TestRun RUN =
      new TestRun(
          List.of(
              new Result(
                  "ATest.passes",
                  3,
                  Status.PASSED,
                  Duration.ofMillis(12),
                  Duration.ofMinutes(90),
                  "<b>&\n",
                  null,
                  null),
              new Result(
                  "ATest.fails",
                  1,
                  Status.FAILED,
                  Duration.ofMillis(1_234),
                  null,
                  "",
                  new IllegalStateException("no <way>"),
                  null),
              new Result(
                  "ATest.off", 1, Status.SKIPPED, Duration.ZERO, null, "", null, "not today")),
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
            "<tr class=\"passed\"><td>✓ passed</td><td>ATest.passes · 3 runs</td><td>12 ms</td><td>1 h 30 min</td></tr>")
        .contains("<td>✗ failed</td><td>ATest.fails</td><td>1.2 s</td><td></td>")
        .contains("<td>– skipped</td><td>ATest.off</td>");
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
        .contains("<details open><summary>ATest.fails</summary>")
        .contains("<details><summary>ATest.passes</summary>")
        .doesNotContain("<script");
  }

  @Test
  void eachRunOfAMethodCounts() {
    assertThat(RUN.count(Status.PASSED)).isEqualTo(3);
    assertThat(RUN.hasPassed()).isFalse();
  }
}
