package dev.standstill.test;

import java.io.Serial;

/**
 * Thrown when a loop closes and a task of it had failed with nobody asking for its result. The
 * cause is what the first such task threw; what others threw is suppressed.
 */
public final class TaskFailedException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  TaskFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
