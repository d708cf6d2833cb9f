package dev.standstill.explore.search;

/**
 * When, in a run, something is decided; the same in each run in which the task has done the same
 * before, whatever others have done.
 *
 * @param task the path of the task that runs, or did so last; {@link #NOBODY} if that has nothing
 *     to do with it
 * @param point how many points it has come to
 * @param ask how many decisions of this kind there have been since, at the last of these
 */
public record Moment(long task, int point, int ask) {

  /** No task has this path. */
  static final long NOBODY = 0;

  static Moment of(ExploredTask task) {
    return new Moment(task.path, task.points, task.asks);
  }
}
