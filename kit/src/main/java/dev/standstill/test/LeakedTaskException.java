package dev.standstill.test;

import java.io.Serial;

/**
 * Thrown when a loop with {@link Leaks#FAIL} closes and tasks are left. The message names them,
 * with what each is blocked on and the place that started it.
 */
public final class LeakedTaskException extends IllegalStateException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Makes one; for test frameworks that close loops of other kinds.
   *
   * @param message names the tasks
   */
  public LeakedTaskException(String message) {
    super(message);
  }
}
