package dev.standstill.explore.race;

import java.util.Arrays;

/**
 * How far each task had come, by its number, when something happened (C. J. Fidge and F. Mattern,
 * 1988). Confined to the loop of a run.
 */
final class VectorClock {

  private int[] times = new int[8];

  int at(int task) {
    return task < times.length ? times[task] : 0;
  }

  void set(int task, int time) {
    if (task >= times.length) {
      times = Arrays.copyOf(times, Math.max(task + 1, times.length * 2));
    }
    times[task] = time;
  }

  /** What had happened for the other has happened for this one, too. */
  void join(VectorClock other) {
    if (other.times.length > times.length) {
      times = Arrays.copyOf(times, other.times.length);
    }
    for (int task = 0; task < other.times.length; task++) {
      times[task] = Math.max(times[task], other.times[task]);
    }
  }
}
