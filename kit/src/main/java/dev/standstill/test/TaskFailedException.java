package dev.standstill.test;

import java.io.Serial;

/**
 * Thrown when a loop closes and a task of it had failed with nobody asking for its result. The
 * cause is what the first such task threw; what others threw is suppressed.
 */
public final class TaskFailedException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Makes one; for test frameworks that close loops of other kinds.
   *
   * @param message names the loop
   * @param cause what the task threw
   */
  public TaskFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
