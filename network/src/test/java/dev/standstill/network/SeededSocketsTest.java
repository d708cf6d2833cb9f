package dev.standstill.network;

import dev.standstill.ThrowingRunnable;
import dev.standstill.test.Schedule;
import dev.standstill.test.TestLoop;
import java.time.Duration;

/** The sockets of loops whose seeds draw the order of tasks, delays, and short reads and writes. */
class SeededSocketsTest extends SimulatedSocketsTest {

  private static final int SEEDS = 5;

  @Override
  public void run(ThrowingRunnable body) throws Exception {
    for (int seed = 1; seed <= SEEDS; seed++) {
      try (TestLoop loop =
          TestLoop.builder()
              .schedule(Schedule.seeded(seed))
              .network(Duration.ZERO, Duration.ofMillis(20))
              .open()) {
        loop.run(() -> {
          body.run();
          return null;
        });
      }
    }
  }
}
