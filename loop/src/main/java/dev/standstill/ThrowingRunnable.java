package dev.standstill;

/** A {@code Runnable} that may throw anything. */
@FunctionalInterface
public interface ThrowingRunnable {

  /**
   * Does what is to be done.
   *
   * @throws Exception whatever the code throws
   */
  void run() throws Exception;
}
