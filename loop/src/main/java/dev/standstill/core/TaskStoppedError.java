package dev.standstill.core;

import java.io.Serial;

/**
 * Ends a task that keeps the carrier for good, so that whoever drives can say so; or one that goes
 * on in an explored run that is over. An error, since programs catch exceptions; without a stack,
 * since the report shows it.
 */
public final class TaskStoppedError extends Error {

  @Serial private static final long serialVersionUID = 1L;

  /** Makes one. */
  public TaskStoppedError() {
    super("The task was ended by its loop, because it kept the carrier.", null, false, false);
  }
}
