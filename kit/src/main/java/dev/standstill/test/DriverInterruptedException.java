package dev.standstill.test;

import java.io.Serial;

/**
 * Thrown when the thread that drives a loop is interrupted, as JUnit's {@code @Timeout} does. The
 * message shows what was blocked then. The thread's interrupt status is set; the loop is intact and
 * can be driven on once it is cleared, or closed.
 */
public final class DriverInterruptedException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  DriverInterruptedException(String message) {
    super(message);
  }
}
