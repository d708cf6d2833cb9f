package dev.standstill.explore.search;

import dev.standstill.core.ReadyTasks;
import dev.standstill.core.TaskRecord;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of which one is to run next: first the one that runs already, if it can go on, and then
 * the others in the order of the ready queue. Confined to the loop of a run.
 */
final class Candidates {

  private static final int RUNNING = -1;

  private final Function<TaskRecord, ExploredTask> view;
  private ExploredTask[] tasks = new ExploredTask[16];
  private int[] positions = new int[16];
  private int size;
  private boolean goesOn;
  private @Nullable ExploredTask before;

  /**
   * @param view how strategies see a task
   */
  Candidates(Function<TaskRecord, ExploredTask> view) {
    this.view = view;
  }

  /** Finds those that do not wait for a monitor, when {@code last} does not run any more. */
  void collectAfter(@Nullable ExploredTask last, ReadyTasks ready) {
    collect(null, ready);
    before = last;
  }

  /** Finds those that do not wait for a monitor. */
  void collect(@Nullable ExploredTask running, ReadyTasks ready) {
    size = 0;
    before = null;
    goesOn = running != null;
    if (running != null) {
      add(running, RUNNING);
    }
    for (int position = 0; position < ready.size(); position++) {
      ExploredTask task = view.apply(ready.task(position));
      if (!task.isHeldUp()) {
        add(task, position);
      }
    }
  }

  private void add(ExploredTask task, int position) {
    if (size == tasks.length) {
      tasks = Arrays.copyOf(tasks, size * 2);
      positions = Arrays.copyOf(positions, size * 2);
    }
    tasks[size] = task;
    positions[size++] = position;
  }

  int size() {
    return size;
  }

  ExploredTask get(int index) {
    return tasks[index];
  }

  /** Where the candidate is in the ready queue; meaningless for the one that runs. */
  int position(int index) {
    return positions[index];
  }

  /** The task that ran last, if a task was chosen to run after it; null if none has run. */
  @Nullable ExploredTask before() {
    return before;
  }

  /** Whether the first is the task that runs, so that any other choice preempts it. */
  boolean goesOn() {
    return goesOn;
  }
}
