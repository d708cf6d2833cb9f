package dev.standstill.core;

import dev.standstill.jdk.ThreadStates;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the hand-overs of monitors into an order that does not depend on real time. Loop-confined.
 *
 * <p>Who gets a monitor is decided when it is left, but the JVM's unblocker thread submits the heir
 * some time later. So tasks that are blocked on a monitor, or wait in one, are watched in the order
 * in which they blocked; before each choice the loop waits until no hand-over is in flight, and
 * takes those that have arrived in that order.
 */
final class Unblocks {

  private final List<TaskRecord> watched = new ArrayList<>();

  void watch(TaskRecord task) {
    task.watched = true;
    watched.add(task);
  }

  /** The task was made ready by the loop itself: its wait was timed, or it was interrupted. */
  void forget(TaskRecord task) {
    if (task.watched) {
      task.watched = false;
      watched.remove(task);
    }
  }

  boolean isWatching() {
    return !watched.isEmpty();
  }

  /** Whether a task was chosen to get its monitor but is not handed over yet. */
  boolean isInFlight() {
    for (TaskRecord task : watched) {
      if (task.handedOver == null && ThreadStates.handOverInFlight(task.thread())) {
        return true;
      }
    }
    return false;
  }

  /** Makes ready what has been handed over. */
  void takeArrivals(ReadyQueue ready) {
    for (TaskRecord task : watched) {
      Runnable slice = task.handedOver;
      if (slice != null) {
        task.handedOver = null;
        task.watched = false;
        ready.add(slice);
      }
    }
    watched.removeIf(task -> !task.watched);
  }
}
