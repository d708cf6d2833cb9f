package dev.standstill.test;

/**
 * What a loop does when it closes and tasks are left that neither ended nor were started with
 * {@link TestLoop#background}.
 */
public enum Leaks {
  /**
   * Lets tasks go on as {@link TestLoop#runUntilBlocked} does, and throws a {@link
   * LeakedTaskException} if some are left even then.
   */
  FAIL,
  /** Logs them. */
  WARN,
  /** Cuts them off in silence. */
  IGNORE
}
