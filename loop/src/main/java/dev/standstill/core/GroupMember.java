package dev.standstill.core;

/**
 * The body of a task that belongs to a group: the group tells how it fails, and has taken the place
 * of the task before, if the loop has a limit, as it must not wait for one while it starts the
 * task.
 */
public interface GroupMember {

  /** Whether a place was taken with {@link LoopExecutor#takePlace}. */
  boolean hasPlace();
}
