package dev.standstill.explore.search;

/**
 * When a task ran in one run. Immutable.
 *
 * @param path the same for the same task in each run
 * @param name what the task is called
 * @param first the number of its first access among those of the run, from 1
 * @param last the number of its last
 */
public record Span(long path, String name, int first, int last) {

  static Span of(ExploredTask task) {
    return new Span(task.path, task.record.name(), task.firstPoint, task.lastPoint);
  }

  /** Whether one of the two made an access between the first and the last of the other. */
  public boolean overlaps(Span other) {
    return first < other.last && other.first < last;
  }
}
