package dev.standstill.notebook;

import dev.standstill.notebook.TestRun.Result;
import dev.standstill.notebook.TestRun.Status;
import dev.standstill.test.BlockedTask;
import dev.standstill.test.TestLoop;
import dev.standstill.timeline.Timeline;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A run as HTML. */
final class HtmlReport {

  private final Html html = new Html();

  private HtmlReport() {}

  static String of(TestRun run) {
    HtmlReport report = new HtmlReport();
    report.add(run);
    return report.html.page();
  }

  private void add(TestRun run) {
    Status worst = run.hasPassed() ? Status.PASSED : Status.FAILED;
    html.element(
        "p", kind(worst), () -> html.text(TextReport.mark(worst) + " " + TextReport.summary(run)));
    List<TestSummary> tests = TestSummary.of(run);
    html.table(List.of("", "Test", "Time", "Virtual time"), () -> tests.forEach(this::addRow));
    tests.forEach(this::addMore);
  }

  private void addRow(TestSummary test) {
    Duration virtual = test.virtualTime();
    html.row(
        kind(test.status()),
        html.textOf(TextReport.mark(test.status()) + " " + TextReport.word(test.status())),
        () -> {
          html.code(test.name());
          html.text(test.share().isEmpty() ? "" : " · " + test.share());
        },
        html.textOf(test.status() == Status.SKIPPED ? "" : Times.real(test.realTime())),
        html.textOf(virtual == null ? "" : Times.virtual(virtual)));
  }

  private void addMore(TestSummary test) {
    test.told().forEach(this::addMore);
    if (!test.untold().isEmpty()) {
      html.element("p", "label", html.textOf(test.untold()));
    }
  }

  private void addMore(Result result) {
    html.details(
        html.codeOf(result.name()),
        result.status() == Status.FAILED,
        () -> {
          String reason = result.reason();
          if (reason != null) {
            html.element("p", "", html.textOf(reason));
          }
          if (result.failure() != null) {
            add(new Failure(result.failure(), result.test()));
          }
          if (!result.output().isEmpty()) {
            html.element("p", "label", html.textOf("It printed"));
            html.element("pre", "", html.textOf(result.output()));
          }
        });
  }

  private void add(Failure failure) {
    html.element("pre", "failed", html.textOf(failure.headline()));
    failure.difference().ifPresent(this::add);
    if (!failure.blocked().isEmpty()) {
      html.element("p", "label", html.textOf("Blocked tasks"));
      html.table(
          List.of("Task", "Blocked on", "Held by", "Since", "At"),
          () -> failure.blocked().forEach(this::addRow));
    }
    failure
        .trace()
        .ifPresent(trace -> {
          html.element("p", "label", html.textOf("What its tasks did"));
          html.picture(Timeline.of(trace).svg());
        });
    if (!failure.places().isEmpty()) {
      html.element("pre", "", html.codeOf("at " + String.join("\nat ", failure.places())));
    }
    failure
        .replay()
        .ifPresent(call -> {
          html.element("p", "label", html.textOf("To repeat the run, in a cell"));
          html.element("pre", "", html.codeOf(call));
        });
    failure
        .details()
        .ifPresent(details ->
            html.details(
                html.textOf("The whole report"),
                false,
                () -> html.element("pre", "", html.textOf(failure.message() + "\n" + details))));
  }

  private void add(Difference difference) {
    html.element(
        "pre",
        "",
        () -> {
          html.text("- expected, + actual\n");
          for (Difference.Line line : difference.lines()) {
            String text = TextReport.sign(line.side()) + " " + line.text() + "\n";
            switch (line.side()) {
              case BOTH -> html.text(text);
              case EXPECTED -> html.element("span", "passed", () -> html.text(text));
              case ACTUAL -> html.element("span", "failed", () -> html.text(text));
            }
          }
        });
  }

  private void addRow(BlockedTask task) {
    Thread owner = task.owner();
    html.row(
        "",
        html.codeOf(task.name()),
        html.textOf(task.on() + (task.outside() == null ? "" : "; waits for " + task.outside())),
        html.codeOf(owner == null ? "" : owner.getName()),
        html.textOf(Times.virtual(Duration.between(TestLoop.DEFAULT_START, task.since()))),
        html.codeOf(task.ownFrame().map(Failure::place).orElse("")));
  }

  private static String kind(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
