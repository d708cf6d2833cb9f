package dev.standstill.test.structured;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.Task;
import dev.standstill.Timeout;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Laws of limits under seeded schedules: no cancel is lost, and no interrupt is left over. */
class TimeoutLawsTest {

  private static final int SEEDS = 10_000;
  private static final Duration LIMIT = Duration.ofMillis(10);

  /** Would repeat for ever; a cancel that comes with a limit, or in a clean-up, ends it. */
  @Test
  void noCancelIsLost() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      Duration cleanUp = LIMIT.multipliedBy(random.nextInt(3));
      Duration cancelled = LIMIT.multipliedBy(1 + random.nextInt(4));
      int depth = 1 + random.nextInt(3);
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        Task<Object> poller = loop.spawn("poller", () -> poll(depth, cleanUp));
        loop.advance(cancelled);
        poller.cancel(true);
        loop.advance(LIMIT.multipliedBy(10));
        assertThat(loop.tasks()).as("tasks left under seed %d", seed).isEmpty();
      }
    }
  }

  private static Object poll(int depth, Duration cleanUp) throws Exception {
    while (true) {
      try {
        limited(depth, cleanUp);
      } catch (TimeoutException e) {
        // once more
      }
    }
  }

  /** All limits expire at one instant. */
  private static Object limited(int depth, Duration cleanUp) throws Exception {
    if (depth > 0) {
      return Timeout.after(LIMIT, () -> limited(depth - 1, cleanUp));
    }
    try {
      Thread.sleep(Duration.ofDays(1));
    } finally {
      Thread.sleep(cleanUp);
    }
    return "nobody waits for so long";
  }

  @Test
  void limitsThatExpireAtOnceLeaveNoInterrupt() throws Exception {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      int depth = 1 + random.nextInt(4);
      Duration cleanUp = LIMIT.multipliedBy(random.nextInt(2));
      try (TestLoop loop = TestLoop.builder().seed(seed).open()) {
        boolean interrupted =
            loop.run(() -> {
              try {
                limited(depth, cleanUp);
              } catch (TimeoutException e) {
                return Thread.currentThread().isInterrupted();
              }
              throw new AssertionError("nobody has timed out");
            });
        assertThat(interrupted).as("interrupted after seed %d", seed).isFalse();
      }
    }
  }
}
