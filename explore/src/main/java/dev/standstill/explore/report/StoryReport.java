package dev.standstill.explore.report;

import dev.standstill.explore.search.Story;
import java.util.ArrayList;
import java.util.List;

/** What is said of a failing run below its exception: one text, wherever it is shown. */
public final class StoryReport {

  private static final String INTRODUCTION =
      "What they do to the things that more than one of them uses:" + System.lineSeparator();

  private StoryReport() {}

  /**
   * Says which switches decide, and what the tasks did.
   *
   * @param failure how the run ended
   * @param found how the run was found, a sentence; empty if it was not
   * @return several lines that fit a screen, without an end of line after the last
   */
  public static String of(Story story, Throwable failure, String found) {
    List<String> parts = new ArrayList<>();
    parts.add(new Switches(story).describe());
    List<String> table = new Rows(story, failure).lines();
    if (!table.isEmpty()) {
      parts.add(INTRODUCTION + String.join(System.lineSeparator(), table));
    }
    if (story.wasCut()) {
      parts.add("The run has very many steps: the last are not shown, as the tasks take turns.");
    }
    if (!found.isEmpty()) {
      parts.add(found);
    }
    return String.join(System.lineSeparator().repeat(2), parts);
  }
}
