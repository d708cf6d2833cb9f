package dev.standstill.explore.report;

import dev.standstill.test.Trace;
import java.util.ArrayList;
import java.util.List;

/** What is said of a failing run below its exception: one text, wherever it is shown. */
public final class ScheduleReport {

  private static final String INTRODUCTION =
      "What they do to the things that more than one of them uses:" + System.lineSeparator();

  private ScheduleReport() {}

  /**
   * Says which switches decide, and what the tasks did.
   *
   * @param trace of the run, with what its story has noted
   * @param remarks what else there is to say, each a sentence
   * @return several lines that fit a screen, without an end of line after the last
   */
  public static String of(Trace trace, List<String> remarks) {
    List<String> parts = new ArrayList<>();
    parts.add(new Deciding(trace).describe());
    List<String> table = new Rows(trace).lines();
    if (!table.isEmpty()) {
      parts.add(INTRODUCTION + String.join(System.lineSeparator(), table));
    }
    parts.addAll(remarks);
    return String.join(System.lineSeparator().repeat(2), parts);
  }
}
