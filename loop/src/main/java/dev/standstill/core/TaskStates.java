package dev.standstill.core;

import java.util.List;

/**
 * What a look at the tasks of a loop has found. Immutable.
 *
 * @param tasks what they do, in the order in which they were started
 * @param complete whether these are all tasks
 */
public record TaskStates(List<TaskState> tasks, boolean complete) {

  /** Keeps a copy. */
  public TaskStates {
    tasks = List.copyOf(tasks);
  }

  static TaskStates all(List<TaskState> tasks) {
    return new TaskStates(tasks, true);
  }
}
