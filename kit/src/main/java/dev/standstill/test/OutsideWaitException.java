package dev.standstill.test;

import java.io.Serial;

/**
 * Thrown when something outside the loop was waited for, in real time, up to the limit. The message
 * names the tasks that wait, or the holds of time.
 */
public final class OutsideWaitException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  OutsideWaitException(String message) {
    super(message);
  }
}
