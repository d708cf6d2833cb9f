package dev.standstill.test;

import java.io.Serial;

/**
 * Thrown when a task kept the carrier of its loop up to the real-time limit: it computed, or waited
 * where it cannot let go of it. The message shows where. The task itself was ended by an error, so
 * that the thread that drives could go on.
 */
public final class StuckTaskException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  StuckTaskException(String message) {
    super(message);
  }
}
