package dev.standstill.junit.suite;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Whether a run goes on some of whose tests run on loops that no annotation asks for. Any thread
 * may call.
 *
 * <p>Each test asks its own configuration in the end. This says whether JUnit has to be told of
 * loops for all tests, which costs a little.
 */
public final class WholeSuite {

  /** One may begin inside a test of another. */
  private static final AtomicInteger RUNS = new AtomicInteger();

  private WholeSuite() {}

  static void begins() {
    RUNS.incrementAndGet();
  }

  static void ends() {
    RUNS.decrementAndGet();
  }

  /** Whether one goes on. */
  public static boolean goesOn() {
    return RUNS.get() > 0;
  }
}
