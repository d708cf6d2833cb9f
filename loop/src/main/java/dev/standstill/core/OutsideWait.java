package dev.standstill.core;

import org.jspecify.annotations.Nullable;

/**
 * Something outside a loop for which the loop waits. Immutable.
 *
 * @param task the task that it can wake; null if that cannot be told
 * @param what it, to follow the words "waits for"
 */
public record OutsideWait(@Nullable TaskRecord task, String what) {

  /** Whether it has happened already, and the task has only not been handed over yet. */
  public boolean isOver() {
    return what.equals(OutsideWaits.WAKING);
  }

  /** Says who waits for what. */
  @Override
  public String toString() {
    return task == null ? what : "task \"%s\" waits for %s".formatted(task.name(), what);
  }
}
