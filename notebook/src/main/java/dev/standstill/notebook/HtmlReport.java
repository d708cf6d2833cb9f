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
    html.table(
        List.of("", "Test", "Time", "Virtual time"), () -> run.results().forEach(this::addRow));
    run.results().stream().filter(HtmlReport::hasMore).forEach(this::addMore);
  }

  private void addRow(Result result) {
    Duration virtual = result.virtualTime();
    html.row(
        kind(result.status()),
        TextReport.mark(result.status()) + " " + TextReport.word(result.status()),
        result.name() + (result.runs() > 1 ? " · " + result.runs() + " runs" : ""),
        result.status() == Status.SKIPPED ? "" : Times.real(result.realTime()),
        virtual == null ? "" : Times.virtual(virtual));
  }

  private static boolean hasMore(Result result) {
    return result.failure() != null || result.reason() != null || !result.output().isEmpty();
  }

  private void addMore(Result result) {
    html.details(
        result.name(),
        result.status() == Status.FAILED,
        () -> {
          String reason = result.reason();
          if (reason != null) {
            html.element("p", "", () -> html.text(reason));
          }
          if (result.failure() != null) {
            add(new Failure(result.failure(), result.name()));
          }
          if (!result.output().isEmpty()) {
            html.element("p", "label", () -> html.text("It printed"));
            html.element("pre", "", () -> html.text(result.output()));
          }
        });
  }

  private void add(Failure failure) {
    html.element("pre", "failed", () -> html.text(failure.headline()));
    failure.difference().ifPresent(this::add);
    if (!failure.blocked().isEmpty()) {
      html.element("p", "label", () -> html.text("Blocked tasks"));
      html.table(
          List.of("Task", "Blocked on", "Held by", "Since", "At"),
          () -> failure.blocked().forEach(this::addRow));
    }
    failure
        .trace()
        .ifPresent(trace -> {
          html.element("p", "label", () -> html.text("What its tasks did"));
          html.picture(Timeline.of(trace).svg());
        });
    if (!failure.places().isEmpty()) {
      html.element("pre", "", () -> html.text("at " + String.join("\nat ", failure.places())));
    }
    failure
        .replay()
        .ifPresent(call -> {
          html.element("p", "label", () -> html.text("To repeat the run, in a cell"));
          html.element("pre", "", () -> html.text(call));
        });
    failure
        .details()
        .ifPresent(details ->
            html.details(
                "The whole report",
                false,
                () ->
                    html.element("pre", "", () -> html.text(failure.message() + "\n" + details))));
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
        task.name(),
        task.on() + (task.outside() == null ? "" : "; waits for " + task.outside()),
        owner == null ? "" : owner.getName(),
        Times.virtual(Duration.between(TestLoop.DEFAULT_START, task.since())),
        task.ownFrame().map(Failure::place).orElse(""));
  }

  private static String kind(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
