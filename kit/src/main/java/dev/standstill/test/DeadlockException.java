package dev.standstill.test;

import java.io.Serial;
import java.util.List;

/**
 * Thrown when a loop stands still for good: no task can run, no timer is pending, nothing outside
 * is waited for, and something is still awaited. The message is the report: who waits for what,
 * held by whom, where; the cycle if locks or monitors form one; and the token that repeats the run.
 */
public final class DeadlockException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient List<BlockedTask> blocked;

  DeadlockException(String message, List<BlockedTask> blocked) {
    super(message);
    this.blocked = blocked;
  }

  /**
   * Returns the blocked tasks.
   *
   * @return the tasks in the order in which they were started
   */
  public List<BlockedTask> blocked() {
    return blocked;
  }
}
