package dev.standstill.test.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** The report of a suite as text, for who has just run it. For one thread. */
final class TextReport {

  /** So many tests are shown under each heading; the page has all of them. */
  private static final int MOST = 10;

  private final SuiteResult result;
  private final List<String> lines = new ArrayList<>();

  private TextReport(SuiteResult result) {
    this.result = result;
  }

  /** The report, lines that each end. */
  static String of(SuiteResult result) {
    return new TextReport(result).text();
  }

  private String text() {
    add("Standstill: %s", summary(result));
    addSaved();
    addSection(
        "Would hang",
        result.hanging(),
        test -> List.of(firstSentence(Objects.requireNonNullElse(test.hang(), ""))));
    addSection("Left tasks behind", result.leaving(), SuiteTest::left);
    addSection(
        "Waited for the outside, in real time",
        result.outside(),
        test ->
            Stream.concat(Stream.of(Spans.show(test.outsideTime())), test.outside().stream())
                .toList());
    addNotOnLoops();
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  static String firstSentence(String text) {
    String line = text.lines().findFirst().orElse("");
    int end = line.indexOf(". ");
    return end < 0 ? line : line.substring(0, end + 1);
  }

  /** In one line, how many tests ran where, and how much time was saved. */
  static String summary(SuiteResult result) {
    long all = result.count(test -> true);
    long onLoops = result.count(SuiteTest::isOnLoop);
    long failed = result.count(test -> test.outcome() == Outcome.FAILED);
    return String.format(
        Locale.ROOT,
        "%s, %s on loops, %s%s. Virtual time %s, real time %s.",
        count(all, "test"),
        onLoops == all ? "all" : Long.toString(onLoops),
        failed == 0 ? "none failed" : failed + " failed",
        result.skipped() == 0 ? "" : ", %d skipped".formatted(result.skipped()),
        Spans.show(result.sum(SuiteTest::virtual)),
        Spans.show(result.sum(SuiteTest::real)));
  }

  static String count(long number, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
  }

  private void add(String format, Object... arguments) {
    lines.add(String.format(Locale.ROOT, format, arguments));
  }

  private void addSaved() {
    List<SuiteTest> tests =
        result.byVirtualTime().stream().filter(test -> !test.saved().isZero()).toList();
    if (tests.isEmpty()) {
      return;
    }
    add("Saved time:");
    add("  %12s %10s", "virtual", "real");
    tests.stream()
        .limit(MOST)
        .forEach(test ->
            add(
                "  %12s %10s  %s",
                Spans.show(test.virtual()), Spans.show(test.real()), test.title()));
    addMore(tests.size());
  }

  private void addSection(
      String heading, List<SuiteTest> tests, Function<SuiteTest, List<String>> details) {
    if (tests.isEmpty()) {
      return;
    }
    add("%s (%s):", heading, count(tests.size(), "test"));
    for (SuiteTest test : tests.subList(0, Math.min(MOST, tests.size()))) {
      add("  %s", test.title());
      details.apply(test).forEach(line -> add("    %s", line));
    }
    addMore(tests.size());
  }

  private void addMore(int size) {
    if (size > MOST) {
      add("  and %,d more", size - MOST);
    }
  }

  private void addNotOnLoops() {
    if (result.notOnLoops().isEmpty()) {
      return;
    }
    add("Not on loops:");
    result.notOnLoops().entrySet().stream()
        .limit(MOST)
        .forEach(entry -> add("  %s: %s", entry.getKey(), count(entry.getValue(), "test")));
    addMore(result.notOnLoops().size());
  }
}
