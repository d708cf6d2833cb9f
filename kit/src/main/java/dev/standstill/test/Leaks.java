package dev.standstill.test;

/**
 * What a loop does when it closes and something is left that was not started with {@link
 * TestLoop#background}: a task that has not ended, or a pool, timer or delayed executor that holds
 * work for later. Idle threads of pools are not left.
 *
 * <p>Threads that a class initialiser has started, or a library that lets them run code of its own
 * only, are not the test's: they live as long as their classes. They are shown under a heading of
 * their own, and count with {@link #FAIL_ALL} only.
 *
 * <p>Sockets on the loop's own network fail nothing. Those are logged that nobody has closed and
 * nobody can reach any more and, with {@link #FAIL_ALL}, those that are open.
 */
public enum Leaks {
  /**
   * Lets tasks go on as {@link TestLoop#runUntilBlocked} does and, if some are left, for a second
   * of virtual time, in which what is just ending ends. Throws a {@link LeakedTaskException} if
   * something is left even then.
   */
  FAIL,
  /** As {@link #FAIL}, and counts the threads of libraries and class initialisers, too. */
  FAIL_ALL,
  /** Logs them. */
  WARN,
  /** Cuts them off in silence. */
  IGNORE;

  /** Whether what is left fails the loop. */
  boolean fail() {
    return this == FAIL || this == FAIL_ALL;
  }
}
