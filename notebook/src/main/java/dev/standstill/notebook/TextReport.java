package dev.standstill.notebook;

import dev.standstill.notebook.TestRun.Result;
import dev.standstill.notebook.TestRun.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** A run as text: a line for each test, and what is to say of it, indented. */
final class TextReport {

  private final List<String> lines = new ArrayList<>();

  private TextReport() {}

  static String of(TestRun run) {
    TextReport report = new TextReport();
    TestSummary.of(run).forEach(report::add);
    report.lines.add(summary(run));
    return String.join("\n", report.lines);
  }

  /** As in {@code 2 passed, 1 failed, in 0.3 s}. */
  static String summary(TestRun run) {
    StringJoiner text = new StringJoiner(", ");
    text.add(run.count(Status.PASSED) + " passed");
    for (Status status : List.of(Status.FAILED, Status.SKIPPED)) {
      if (run.count(status) > 0) {
        text.add(run.count(status) + " " + word(status));
      }
    }
    return text.add("in " + Times.real(run.realTime())).toString();
  }

  static String word(Status status) {
    return switch (status) {
      case PASSED -> "passed";
      case FAILED -> "failed";
      case SKIPPED -> "skipped";
    };
  }

  static String mark(Status status) {
    return switch (status) {
      case PASSED -> "✓";
      case FAILED -> "✗";
      case SKIPPED -> "–";
    };
  }

  private void add(TestSummary test) {
    lines.add("%s %s (%s)".formatted(mark(test.status()), test.name(), about(test)));
    for (Result result : test.told()) {
      if (test.runs() > 1 && !result.invocation().isEmpty()) {
        indent(result.invocation() + ":");
      }
      add(result);
    }
    indent(test.untold());
  }

  private void add(Result result) {
    if (result.reason() != null) {
      indent(result.reason());
    }
    if (result.failure() != null) {
      add(new Failure(result.failure(), result.test()));
    }
    if (!result.output().isEmpty()) {
      indent("It printed:");
      result.output().lines().forEach(line -> indent("  " + line));
    }
  }

  private static String about(TestSummary test) {
    StringJoiner text = new StringJoiner(", ");
    if (!test.share().isEmpty()) {
      text.add(test.share());
    }
    text.add(test.status() == Status.SKIPPED ? "skipped" : Times.real(test.realTime()));
    Duration virtual = test.virtualTime();
    if (virtual != null) {
      text.add("virtual " + Times.virtual(virtual));
    }
    return text.toString();
  }

  private void add(Failure failure) {
    indent(failure.message());
    failure.difference().ifPresent(this::add);
    failure.places().forEach(place -> indent("at " + place));
    failure.details().ifPresent(this::indent);
    failure.replay().ifPresent(call -> indent("In a cell: " + call));
  }

  private void add(Difference difference) {
    indent("- expected, + actual:");
    for (Difference.Line line : difference.lines()) {
      indent("  " + sign(line.side()) + " " + line.text());
    }
  }

  static String sign(Difference.Side side) {
    return switch (side) {
      case BOTH -> " ";
      case EXPECTED -> "-";
      case ACTUAL -> "+";
    };
  }

  private void indent(String text) {
    text.lines().forEach(line -> lines.add("    " + line));
  }
}
