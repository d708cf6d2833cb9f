package dev.standstill.junit.versions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.standstill.EventLoop;
import dev.standstill.junit.LoopScope;
import dev.standstill.junit.LoopTest;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

/** Tests that a user of any JUnit has; two of them fail, as they should. */
class Sample {

  private final List<String> calls = new ArrayList<>();

  @BeforeEach
  void fixturesRunOnTheLoop() {
    assertTrue(EventLoop.running().isPresent());
    calls.add("before");
  }

  @AfterEach
  void alsoAfterwards() {
    assertTrue(EventLoop.running().isPresent());
  }

  @LoopTest
  void anHourPassesAtOnce(TestLoop loop) throws InterruptedException {
    Thread.sleep(Duration.ofHours(1));
    assertEquals(List.of("before"), calls);
  }

  @LoopTest(seeds = 3)
  void runsWithSeeds() throws InterruptedException {
    Thread.sleep(1);
  }

  @LoopTest
  void failsForWhatIsLeft() {
    Thread.ofVirtual().name("left over").start(() -> sleepForADay());
  }

  private static void sleepForADay() {
    try {
      Thread.sleep(Duration.ofDays(1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @LoopTest(explore = 200)
  void failsUnderOneSchedule() throws InterruptedException {
    int[] count = new int[1];
    Runnable add =
        () -> {
          int before = count[0];
          Thread.yield();
          count[0] = before + 1;
        };
    Thread one = Thread.startVirtualThread(add);
    Thread other = Thread.startVirtualThread(add);
    one.join();
    other.join();
    assertEquals(2, count[0]);
  }

  /** One loop for all of its tests. */
  @Nested
  @LoopScope(LoopScope.Kind.CLASS)
  class OnOneLoop {
    @LoopTest
    void runsThere() {
      assertTrue(EventLoop.running().isPresent());
    }
  }
}
