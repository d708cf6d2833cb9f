package dev.standstill.junit.flakes;

import dev.standstill.explore.ScheduleFailure;
import dev.standstill.test.stage.FailureLine;

/**
 * How a test has failed. Immutable.
 *
 * @param message in one line
 * @param token what repeats the run, with the name of the test; empty if nothing does
 */
record Failure(String message, String token) {

  /**
   * @param invocation what tells the failing invocation from others of the test; empty if there is
   *     one only
   */
  static Failure of(String invocation, Throwable thrown, String token) {
    Throwable cause = thrown instanceof ScheduleFailure explored ? explored.getCause() : thrown;
    return new Failure(
        (invocation.isEmpty() ? "" : invocation + ": ")
            + FailureLine.of(cause == null ? thrown : cause),
        token);
  }
}
