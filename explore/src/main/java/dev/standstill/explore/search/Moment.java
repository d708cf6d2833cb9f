package dev.standstill.explore.search;

/**
 * When, in a run, it is decided who runs next; the same in each run in which the task has done the
 * same before, whatever others have done.
 *
 * @param task the path of the task that runs, or did so last
 * @param point how many points it has come to
 * @param ask how many decisions there have been since, at the last of these
 */
public record Moment(long task, int point, int ask) {

  static Moment of(ExploredTask task) {
    return new Moment(task.path, task.points, task.asks);
  }
}
