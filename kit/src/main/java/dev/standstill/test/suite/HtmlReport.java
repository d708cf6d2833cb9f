package dev.standstill.test.suite;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The report of a suite as one page that needs nothing else. */
final class HtmlReport {

  private HtmlReport() {}

  /** The page. */
  static String of(SuiteResult result) {
    return Stream.of(
            HtmlPage.HEAD,
            "<h1>Tests on loops</h1>\n<p class=\"summary\">%s</p>\n"
                .formatted(escape(TextReport.summary(result))),
            tiles(result),
            hanging(result),
            leaving(result),
            outside(result),
            all(result),
            HtmlPage.END)
        .collect(Collectors.joining());
  }

  private static String tiles(SuiteResult result) {
    return "<dl class=\"tiles\">\n%s</dl>\n"
        .formatted(
            tile("virtual time", Spans.show(result.sum(SuiteTest::virtual)))
                + tile("real time of the tests on loops", Spans.show(result.sum(SuiteTest::real)))
                + tile("saved", Spans.show(result.sum(SuiteTest::saved)))
                + tile("real time of the whole run", Spans.show(result.elapsed()))
                + tile("waited for the outside", Spans.show(result.sum(SuiteTest::outsideTime))));
  }

  private static String tile(String name, String value) {
    return "<div><dt>%s</dt><dd>%s</dd></div>\n".formatted(escape(name), escape(value));
  }

  private static String hanging(SuiteResult result) {
    return section(
        "Would hang",
        "Without a loop, these would wait until somebody ends them.",
        result.hanging(),
        test -> foldable(Objects.requireNonNullElse(test.hang(), "")));
  }

  /** The first sentence, below which the rest can be opened. */
  private static String foldable(String text) {
    return "<details><summary>%s</summary><pre tabindex=\"0\">%s</pre></details>"
        .formatted(escape(TextReport.firstSentence(text)), escape(text));
  }

  private static String leaving(SuiteResult result) {
    return section(
        "Leave tasks behind",
        "When the loop of the test was closed, these had not ended.",
        result.leaving(),
        test -> list(test.left()));
  }

  private static String outside(SuiteResult result) {
    return section(
        "Wait for the outside",
        "While a loop waits for a socket, a process or a thread of others, its time stands still; so this much of the test is real time.",
        result.outside(),
        test ->
            "<p>%s</p>%s".formatted(escape(Spans.show(test.outsideTime())), list(test.outside())));
  }

  private static String list(List<String> items) {
    return items.stream()
        .map(item -> "<li>%s</li>".formatted(escape(item)))
        .collect(Collectors.joining("", "<ul>", "</ul>"));
  }

  /** Shows one thing about a test. */
  private interface Detail {
    String of(SuiteTest test);
  }

  private static String section(String heading, String text, List<SuiteTest> tests, Detail detail) {
    if (tests.isEmpty()) {
      return "";
    }
    String entries =
        tests.stream()
            .map(test ->
                "<li><span class=\"test\">%s</span>%s</li>\n"
                    .formatted(title(test), detail.of(test)))
            .collect(Collectors.joining());
    return "<section>\n<h2>%s <span class=\"count\">%s</span></h2>\n<p>%s</p>\n<ul class=\"tests\">\n%s</ul>\n</section>\n"
        .formatted(
            escape(heading), escape(TextReport.count(tests.size(), "test")), escape(text), entries);
  }

  private static String title(SuiteTest test) {
    return "<b>%s</b> %s".formatted(escape(test.type()), escape(test.nameInClass()));
  }

  private static String all(SuiteResult result) {
    String rows =
        result.byVirtualTime().stream().map(HtmlReport::row).collect(Collectors.joining());
    return """
    <section>
    <h2>All tests <span class="count">%s</span></h2>
    <p><label for="filter">Show those whose line contains </label><input id="filter" type="search"></p>
    <div class="wide" tabindex="0" role="region" aria-label="All tests">
    <table>
    <caption>Choose a heading to sort by it.</caption>
    <thead><tr>%s</tr></thead>
    <tbody>
    %s</tbody>
    </table>
    </div>
    </section>
    """
        .formatted(escape(TextReport.count(result.count(test -> true), "test")), headings(), rows);
  }

  private static String headings() {
    return Stream.of("Test", "Outcome", "Virtual", "Real", "Saved", "Outside", "Left")
        .map(name ->
            "<th scope=\"col\"%s><button type=\"button\">%s</button></th>"
                .formatted(name.equals("Virtual") ? " aria-sort=\"descending\"" : "", name))
        .collect(Collectors.joining());
  }

  private static String row(SuiteTest test) {
    String outcome = test.hang() != null ? "would hang" : test.outcome().word();
    String failure =
        test.failure() == null ? "" : "<br><small>%s</small>".formatted(escape(test.failure()));
    String loop = test.isOnLoop() ? "" : " <small>(not on a loop)</small>";
    return "<tr><th scope=\"row\">%s%s%s</th><td class=\"%s\">%s</td>%s%s%s%s%s</tr>\n"
        .formatted(
            "<small>%s</small><br>%s".formatted(escape(test.type()), escape(test.nameInClass())),
            loop,
            failure,
            test.outcome().word(),
            escape(outcome),
            cell(test.virtual()),
            number(test.real().toNanos(), Spans.show(test.real())),
            cell(test.saved()),
            cell(test.outsideTime()),
            number(
                test.left().size(),
                test.left().isEmpty() ? "" : Integer.toString(test.left().size())));
  }

  private static String cell(Duration span) {
    return number(span.toNanos(), span.isZero() ? "" : Spans.show(span));
  }

  /**
   * @param value what rows are sorted by
   */
  private static String number(long value, String shown) {
    return "<td class=\"number\" data-value=\"%d\">%s</td>".formatted(value, escape(shown));
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '&' -> escaped.append("&amp;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            default -> append(c, escaped);
          }
        });
    return escaped.toString();
  }

  /** What no page may hold is shown as a picture of it, or as a mark. */
  private static void append(int c, StringBuilder escaped) {
    boolean isControl = c < ' ' && c != '\n' && c != '\t' && c != '\r';
    boolean isHalf = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    escaped.appendCodePoint(isControl ? '\u2400' + c : isHalf ? '\uFFFD' : c);
  }
}
