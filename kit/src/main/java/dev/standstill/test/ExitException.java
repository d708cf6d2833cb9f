package dev.standstill.test;

import java.io.Serial;

/**
 * Thrown by the driver's call when a task called {@code System.exit}, once the shutdown hooks that
 * tasks have registered have run; the JVM does not exit.
 */
public final class ExitException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** What the task passed to {@code System.exit}. */
  private final int status;

  ExitException(int status) {
    super("A task called System.exit(%d).".formatted(status));
    this.status = status;
  }

  /**
   * Returns what the task passed to {@code System.exit}.
   *
   * @return the status
   */
  public int status() {
    return status;
  }
}
