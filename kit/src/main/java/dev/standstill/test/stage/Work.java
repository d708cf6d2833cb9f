package dev.standstill.test.stage;

import org.jspecify.annotations.Nullable;

/**
 * A constructor, fixture or test to run on a loop.
 *
 * @param <T> what it returns
 */
@FunctionalInterface
public interface Work<T extends @Nullable Object> {

  /**
   * Runs it.
   *
   * @return what it computes
   * @throws Throwable what the code of the test throws
   */
  T run() throws Throwable;
}
