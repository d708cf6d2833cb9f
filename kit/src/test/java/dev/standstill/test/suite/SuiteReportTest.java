package dev.standstill.test.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.stage.Observations.Met;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a suite, as text and as a page. */
class SuiteReportTest {

  private static final SuiteTest SLEEPS =
      passed("com.acme.OrderTest", "ships()", met(Duration.ofHours(3), Duration.ZERO));

  private static final SuiteTest LEAVES =
      new SuiteTest(
          "com.acme.OrderTest",
          "polls() › [1] <b>\"5\" & more</b>",
          true,
          Outcome.FAILED,
          Duration.ofMillis(20),
          new Met(
              Duration.ofSeconds(1),
              Duration.ofMillis(20),
              Duration.ZERO,
              Set.of(),
              List.of("\"poller\", started at Poller.java:12")),
          SuiteTest.lineOf(new IllegalStateException("was closed with 1 task left\nand more")),
          null);

  private static final SuiteTest FETCHES =
      passed(
          "com.acme.HttpTest",
          "fetches()",
          new Met(
              Duration.ZERO,
              Duration.ofMillis(50),
              Duration.ofMillis(1234),
              Set.of("a socket"),
              List.of()));

  private static final SuiteTest PLAIN = passed("com.acme.SmallIT", "adds()", null);

  private static final SuiteTest FIXTURES =
      passed("com.acme.ServerTest", "", met(Duration.ofMinutes(2), Duration.ZERO));

  private static SuiteTest passed(String type, String name, Met met) {
    return new SuiteTest(
        type, name, !name.isEmpty(), Outcome.PASSED, Duration.ofMillis(8), met, null, null);
  }

  private static Met met(Duration virtual, Duration outside) {
    return new Met(virtual, Duration.ofMillis(8), outside, Set.of(), List.of());
  }

  private static SuiteResult result(SuiteTest... tests) {
    return new SuiteResult(List.of(tests), 2, Duration.ofSeconds(1));
  }

  @Test
  void theTextBeginsWithWhatWasSaved() {
    assertThat(TextReport.of(result(SLEEPS, LEAVES, FETCHES, PLAIN, FIXTURES)).lines())
        .containsExactly(
            "Standstill: 4 tests, 3 on loops, 1 failed, 2 skipped. Virtual time 3 h 2 min, real time 44 ms.",
            "Saved time:",
            "       virtual       real",
            "           3 h       8 ms  OrderTest › ships()",
            "         2 min       8 ms  ServerTest › (fixtures of the class)",
            "         1.0 s      20 ms  OrderTest › polls() › [1] <b>\"5\" & more</b>",
            "Left tasks behind (1 test):",
            "  OrderTest › polls() › [1] <b>\"5\" & more</b>",
            "    \"poller\", started at Poller.java:12",
            "Waited for the outside, in real time (1 test):",
            "  HttpTest › fetches()",
            "    1.2 s",
            "    a socket",
            "Not on loops:",
            "  com.acme.SmallIT: 1 test");
  }

  @Test
  void frameworksThatTakePartInOneRunHaveOneReport(@TempDir Path folder) {
    Path page = folder.resolve("suite.html");
    Object run = new Object();
    SuiteReport report =
        SuiteReport.begin(run, name -> name.equals("standstill.report") ? page.toString() : null)
            .orElseThrow();

    assertThat(SuiteReport.begin(run, name -> null)).containsSame(report);
    assertThat(SuiteReport.begin(new Object(), name -> null)).isEmpty();
    assertThat(SuiteReport.latest()).containsSame(report);
    report.test(new Ended("key", "A", "b()", Outcome.PASSED, null), Duration.ofMillis(1));
    report.end();
    assertThat(page).doesNotExist();
    report.end();
    assertThat(page).content().contains("1 test, 0 on loops, none failed");
    assertThat(SuiteReport.latest()).isEmpty();
  }

  @Test
  void ofManyTestsTheTextShowsSome() {
    SuiteTest[] many = Stream.generate(() -> SLEEPS).limit(25).toArray(SuiteTest[]::new);

    assertThat(TextReport.of(result(many)).lines()).hasSize(14).last().isEqualTo("  and 15 more");
  }

  @Test
  void ofTestsWithoutAnythingToTellTheTextIsALine() {
    assertThat(TextReport.of(result(passed("A", "b()", met(Duration.ZERO, Duration.ZERO)))).lines())
        .containsExactly(
            "Standstill: 1 test, all on loops, none failed, 2 skipped. Virtual time 0, real time 8 ms.");
  }

  @Test
  void thePageHasAllTests() {
    SuiteTest[] many = Stream.generate(() -> SLEEPS).limit(25).toArray(SuiteTest[]::new);

    assertThat(HtmlReport.of(result(many)).split("<tr><th scope=\"row\">")).hasSize(1 + 25);
  }

  @Test
  void namesOnThePageAreTextAndNoTags() {
    assertThat(HtmlReport.of(result(LEAVES)))
        .contains("polls() › [1] &lt;b&gt;&quot;5&quot; &amp; more&lt;/b&gt;")
        .doesNotContain("<b>\"5\"");
    assertThat(HtmlReport.escape("a\u0000\u001b[1m\ud800b")).isEqualTo("a␀␛[1m\ufffdb");
  }

  @Test
  void thePageSortsByNumbers() {
    assertThat(HtmlReport.of(result(SLEEPS, FETCHES, PLAIN)))
        .contains("data-value=\"10800000000000\">3 h</td>")
        .contains("data-value=\"1234000000\">1.2 s</td>")
        .contains("(not on a loop)")
        .doesNotContain("Would hang")
        .doesNotContain("Leave tasks behind");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0",
    "PT0.0000001S, < 1 ms",
    "PT0.0079S, 7 ms",
    "PT12.54S, 12.5 s",
    "PT60S, 1 min",
    "PT1M30S, 1 min 30 s",
    "PT1H, 1 h",
    "PT2H5M59S, 2 h 5 min",
    "PT76H1M, 3 d 4 h"
  })
  void timesAreShownAsExactlyAsTheyMatter(Duration span, String shown) {
    assertThat(Spans.show(span)).isEqualTo(shown);
  }
}
