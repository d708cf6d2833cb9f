package dev.standstill.explore.race;

import org.jspecify.annotations.Nullable;

/** What has happened before what a task does next. Confined to the loop of a run. */
public final class TaskClock {

  final int task;
  private final VectorClock now = new VectorClock();

  /**
   * What the task has called last: the call may have waited, and got to know of others before it
   * returned.
   */
  private @Nullable VectorClock called;

  TaskClock(int task) {
    this.task = task;
    now.set(task, 1);
  }

  int time() {
    return now.at(task);
  }

  /** Whether what another task did at a time of its own happened before. */
  boolean knows(int other, int time) {
    return time <= now.at(other);
  }

  /** The call that was made last has returned. */
  void returned() {
    if (called != null) {
      now.join(called);
      called = null;
    }
  }

  void calls(VectorClock synchronizer) {
    called = synchronizer;
  }

  /** What has been released to a synchronizer has happened before. */
  void acquires(VectorClock synchronizer) {
    now.join(synchronizer);
  }

  /** What the task has done happens before what those do that acquire. */
  void releases(VectorClock synchronizer) {
    synchronizer.join(now);
    now.set(task, now.at(task) + 1);
  }

  /** What the task has done happens before what another does that it wakes. */
  public void wakes(TaskClock woken) {
    releases(woken.now);
  }

  /** What another one has done so far has happened before. */
  void acquires(TaskClock other) {
    now.join(other.now);
  }
}
