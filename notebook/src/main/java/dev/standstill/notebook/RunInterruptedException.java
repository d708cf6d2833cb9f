package dev.standstill.notebook;

import java.io.Serial;

/**
 * Thrown when the thread that waits for a run of tests is interrupted, as it is when the kernel is.
 * The message shows what had been run until then.
 */
public final class RunInterruptedException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  private final transient TestRun run;

  RunInterruptedException(String message, TestRun run) {
    super(message);
    this.run = run;
  }

  /**
   * Returns what had been run until then.
   *
   * @return the tests that had ended
   */
  public TestRun run() {
    return run;
  }
}
