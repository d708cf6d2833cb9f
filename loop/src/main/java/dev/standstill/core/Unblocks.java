package dev.standstill.core;

import dev.standstill.jdk.ThreadStates;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Puts the hand-overs of monitors into an order that does not depend on real time. Loop-confined.
 *
 * <p>Who gets a monitor is decided when it is left, but the JVM's unblocker thread submits the heir
 * some time later. So tasks that are blocked on a monitor, or wait in one, are watched in the order
 * in which they blocked; before each choice the loop waits until no hand-over is in flight, and
 * takes those that have arrived in that order.
 *
 * <p>A task that is ready already, since its time limit has passed, may be chosen as heir all the
 * same. It must not run until the unblocker is done with it, else the permit it is given then would
 * wake it from a later wait. Nor must one that has arrived: if it blocks again at once, the
 * unblocker that is still at it would make it look like an heir, see {@link #hasHandOver}.
 */
final class Unblocks {

  private final List<TaskRecord> watched = new ArrayList<>();
  private final Set<TaskRecord> woken = new LinkedHashSet<>();

  void watch(TaskRecord task) {
    task.watched = true;
    watched.add(task);
  }

  /** The task was made ready by the loop itself: its wait was timed, or it was interrupted. */
  void forget(TaskRecord task) {
    if (task.watched) {
      task.watched = false;
      watched.remove(task);
      woken.add(task);
    }
  }

  /** The task is about to run. */
  void runs(TaskRecord task) {
    if (!woken.isEmpty()) {
      woken.remove(task);
    }
  }

  boolean isWatching() {
    return !watched.isEmpty() || !woken.isEmpty();
  }

  /**
   * Whether a task was chosen to get its monitor but is not handed over yet, or is handed over or
   * ready and the unblocker not yet done with it.
   */
  boolean isInFlight() {
    for (TaskRecord task : watched) {
      if (task.handedOver == null
          ? ThreadStates.handOverInFlight(task.thread())
          : ThreadStates.isBeingUnblocked(task.thread())) {
        return true;
      }
    }
    for (TaskRecord task : woken) {
      if (ThreadStates.isBeingUnblocked(task.thread())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a monitor has been left for a task, which is not ready yet. */
  boolean hasHandOver() {
    for (TaskRecord task : watched) {
      if (task.handedOver != null || ThreadStates.handOverInFlight(task.thread())) {
        return true;
      }
    }
    return false;
  }

  /** Gives each task that has been handed over to {@code taker}, with its slice. */
  void takeArrivals(Consumer<TaskRecord> taker) {
    for (TaskRecord task : watched) {
      Runnable slice = task.handedOver;
      if (slice != null) {
        task.handedOver = null;
        task.watched = false;
        taker.accept(task.with(slice));
        woken.add(task);
      }
    }
    watched.removeIf(task -> !task.watched);
  }
}
