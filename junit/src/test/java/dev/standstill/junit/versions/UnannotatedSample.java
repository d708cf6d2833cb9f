package dev.standstill.junit.versions;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.standstill.EventLoop;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Tests that know nothing of loops. */
class UnannotatedSample {

  @Test
  void waitsForADay() throws InterruptedException {
    waitADay();
  }

  private static void waitADay() throws InterruptedException {
    assertTrue(EventLoop.running().isPresent());
    Thread.sleep(Duration.ofDays(1));
  }

  /** Nested, and with a loop for all its tests. */
  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class Inside {
    private boolean open;

    @BeforeAll
    void open() throws InterruptedException {
      waitADay();
      open = true;
    }

    @Test
    void insideToo() throws InterruptedException {
      waitADay();
    }

    @Test
    void sharesTheLoopOfItsClass() {
      assertTrue(open);
    }
  }
}
