package dev.standstill.notebook;

import dev.standstill.TaskSnapshot;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tasks of the notebook's loop, as they were when it was asked. Below a cell they are shown as
 * a table, and as text where there is no HTML. Immutable.
 *
 * @param tasks the tasks that had not ended, in the order in which they were started
 */
public record LoopTasks(List<TaskSnapshot> tasks) {

  private static final String NONE = "No task is running on the notebook's loop.";

  /** Copies the list. */
  public LoopTasks {
    tasks = List.copyOf(tasks);
  }

  /**
   * Shows the tasks as HTML: self-contained, for light and dark pages, without scripts.
   *
   * @return an element for the body of a page
   */
  public String toHtml() {
    Html html = new Html();
    if (tasks.isEmpty()) {
      html.element("p", "", html.textOf(NONE));
    } else {
      html.table(List.of("Task", "State", "At"), () -> tasks.forEach(task -> addRow(task, html)));
    }
    return html.page();
  }

  private static void addRow(TaskSnapshot task, Html html) {
    html.row(
        "", html.codeOf(task.name()), html.textOf(task.state().name()), html.codeOf(placeOf(task)));
  }

  /** Shows the tasks as text, a line for each; a sentence if there is none. */
  @Override
  public String toString() {
    return tasks.isEmpty()
        ? NONE
        : tasks.stream()
            .map(task -> "%s (%s) %s".formatted(task.name(), task.state(), placeOf(task)).strip())
            .collect(Collectors.joining("\n"));
  }

  /** Where in the user's own code the task was; empty if nowhere. */
  private static String placeOf(TaskSnapshot task) {
    return task.stack().stream()
        .filter(Failure::isOfUser)
        .findFirst()
        .map(Failure::place)
        .orElse("");
  }
}
