package dev.standstill.junit.spi;

/**
 * Something that lives on a loop and longer than a test, as the context of an application that a
 * framework keeps for the next test. All tests that use it run on the loop on which it was started,
 * and that loop is closed with it.
 *
 * <p>Two that are {@linkplain #equals equal} are the same thing; the first that asks for a loop has
 * it opened. Any thread may call, but for {@link #close}.
 */
public interface LoopOwner {

  /** Whether it has been started, on whatever loop, and has not ended. */
  boolean isAlive();

  /** Whether its loop has a network of its own, since it serves there. */
  boolean servesOnNetwork();

  /**
   * Ends it. Called by a task of its loop, before that is closed; by another thread only if the
   * loop can run nothing any more.
   *
   * @throws Exception why it could not be ended; the loop is closed all the same
   */
  void close() throws Exception;
}
