package dev.standstill.test.spi;

import dev.standstill.EventLoop;
import dev.standstill.core.LoopExecutor;

/** Loops in real time that tests run on. Any thread may call. */
public final class RealTimeTests {

  private RealTimeTests() {}

  /**
   * Lets a test ask for the failures of its tasks until its loop closes, as on a loop in virtual
   * time, before they are told.
   */
  public static void letFailuresWait(EventLoop loop) {
    if (loop instanceof LoopExecutor own) {
      own.letFailuresWait();
    }
  }
}
