package dev.standstill.junit.flakes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What a search is told to have found: those that flicker first. */
final class Summary {

  private final Way way;
  private final Collection<Finding> findings;
  private final List<String> lines = new ArrayList<>();

  private Summary(Way way, Collection<Finding> findings) {
    this.way = way;
    this.findings = findings;
  }

  /**
   * Several lines, without an end of line after the last.
   *
   * @param way how schedules were varied
   * @param unfinished how many tests are to have further schedules
   * @param file where all is kept; empty if it is not
   */
  static String of(
      Way way, Collection<Finding> findings, long unfinished, Duration elapsed, String file) {
    Summary summary = new Summary(way, findings);
    summary.addHead(elapsed);
    summary.add(
        Verdict.FLICKERS,
        "flickers: its outcome depends on the schedule.",
        "flicker: their outcome depends on the schedule.",
        summary::addFlickering);
    summary.add(
        Verdict.BROKEN,
        "is broken: it fails first in, first out, too.",
        "are broken: they fail first in, first out, too.",
        finding -> summary.lines.add("    " + finding.failure()));
    summary.add(
        Verdict.UNREPEATABLE,
        "does not do the same again under one schedule: it depends on something else, such as statics, other tests, the machine.",
        "do not do the same again under one schedule: they depend on something else, such as statics, other tests, the machine.",
        summary::addUnrepeatable);
    summary.add(
        Verdict.UNEXPLORED,
        "cannot be explored.",
        "cannot be explored.",
        finding -> summary.lines.add("    " + finding.failure()));
    summary.addPassing(unfinished);
    if (!file.isEmpty()) {
      summary.lines.add("All of it: " + file);
    }
    return String.join(System.lineSeparator(), summary.lines);
  }

  private void addHead(Duration elapsed) {
    lines.add(
        String.format(
            Locale.ROOT,
            "Flaky tests: %s on loops, run again under other schedules in %.1f s.",
            count(findings.size(), "test", "tests"),
            elapsed.toMillis() / 1e3));
  }

  private void add(Verdict verdict, String one, String many, Consumer<Finding> details) {
    List<Finding> those = with(verdict);
    if (those.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(count(those.size(), "test " + one, "tests " + many));
    for (Finding finding : those) {
      lines.add("  " + finding.name());
      details.accept(finding);
    }
  }

  private void addFlickering(Finding finding) {
    boolean explored = finding.way() == Way.EXPLORE;
    lines.add(
        explored
            ? "    explored: " + finding.failure()
            : "    under seed %s: %s".formatted(seedOf(finding), finding.failure()));
    if (!finding.token().isEmpty()) {
      lines.add(
          "    to repeat it: %s-Dstandstill.replay=%s"
              .formatted(explored ? "-Dstandstill.explore=1 " : "", finding.token()));
    }
  }

  private void addUnrepeatable(Finding finding) {
    String where =
        finding.seed() == null
            ? "first in, first out"
            : finding.way() == Way.EXPLORE ? "explored" : "under seed " + seedOf(finding);
    lines.add("    %s it has passed once and failed once: %s".formatted(where, finding.failure()));
  }

  private static String seedOf(Finding finding) {
    return String.valueOf(finding.seed());
  }

  private void addPassing(long unfinished) {
    List<Finding> passing = with(Verdict.PASSES);
    lines.add("");
    if (passing.isEmpty()) {
      lines.add("None passes under all schedules.");
      return;
    }
    lines.add(
        "%s under all schedules so far: first in, first out and %s."
            .formatted(count(passing.size(), "test passes", "tests pass"), seeds(passing)));
    if (unfinished > 0) {
      lines.add(
          "Time was up before %s had all that were asked for: the next search goes on there."
              .formatted(count(unfinished, "test", "tests")));
    }
  }

  private String seeds(List<Finding> passing) {
    long fewest = passing.stream().mapToLong(finding -> finding.done(way)).min().orElse(0);
    long most = passing.stream().mapToLong(finding -> finding.done(way)).max().orElse(0);
    String one = way == Way.SEEDS ? "seed" : "explored schedule";
    return fewest == most
        ? count(most, one, one + "s")
        : String.format(Locale.ROOT, "%,d to %,d %ss", fewest, most, one);
  }

  private List<Finding> with(Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).toList();
  }

  private static String count(long number, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
  }
}
