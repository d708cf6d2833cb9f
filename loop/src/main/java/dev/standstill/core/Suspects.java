package dev.standstill.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The tasks that may wait for something outside of their loop, of which there is one such list.
 * Loop-confined.
 *
 * <p>Each wait for a lock adds a task and takes it away again, so both make no objects; those of a
 * {@code LinkedHashSet} took a third of such a switch.
 */
final class Suspects {

  /** In no order; each task knows its place. */
  private final List<TaskRecord> all = new ArrayList<>();

  boolean isEmpty() {
    return all.isEmpty();
  }

  void add(TaskRecord task) {
    if (task.placeAmongSuspects < 0) {
      task.placeAmongSuspects = all.size();
      all.add(task);
    }
  }

  /** The latest moves into the gap. */
  void remove(TaskRecord task) {
    int gap = task.placeAmongSuspects;
    if (gap < 0) {
      return;
    }
    TaskRecord latest = all.removeLast();
    if (latest != task) {
      all.set(gap, latest);
      latest.placeAmongSuspects = gap;
    }
    task.placeAmongSuspects = -1;
  }

  /** In the order in which they were started. */
  List<TaskRecord> inOrder() {
    return all.stream().sorted(Comparator.comparingInt(TaskRecord::id)).toList();
  }
}
