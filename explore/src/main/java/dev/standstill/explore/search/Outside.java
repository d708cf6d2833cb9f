package dev.standstill.explore.search;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names what may happen outside in one run, as it is named in other runs, too: by the task that
 * runs, the point it has come to, and how often the same could have happened since. What is decided
 * while no task runs is counted in the whole run. Confined to the loop of its run.
 */
final class Outside {

  private final Map<Happening, Integer> counts = new HashMap<>();

  /** The next thing that may happen, in the first of its ways. */
  Happening next(@Nullable ExploredTask running, String what) {
    long task = running == null ? Moment.NOBODY : running.path;
    int point = running == null ? 0 : running.points;
    Happening first = new Happening(new Moment(task, point, 0), what, 1);
    int before = counts.merge(first, 1, Integer::sum) - 1;
    return new Happening(new Moment(task, point, before), what, 1);
  }
}
