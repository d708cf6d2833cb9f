package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.Task;
import org.junit.jupiter.api.Test;

/** {@code Thread.getStackTrace()} makes the JDK submit a ready virtual thread once more. */
class StackTraceTest {

  private static final int YIELDS = 50;

  private Thread spinner;

  @Test
  void lookingAtReadyTasksFromOutsideDoesNotBreakTheLoop() throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      Task<Integer> task = loop.spawn("spinner", this::spin);
      loop.step();
      for (int i = 0; i < YIELDS - 1; i++) {
        assertThat(spinner.getStackTrace()).isNotEmpty();
        loop.step();
      }
      loop.runUntilBlocked();

      assertThat(task.get()).isEqualTo(YIELDS);
    }
  }

  private int spin() {
    spinner = Thread.currentThread();
    int yields = 0;
    while (yields < YIELDS) {
      Thread.yield();
      yields++;
    }
    return yields;
  }
}
