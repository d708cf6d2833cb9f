package dev.standstill.network;

import dev.standstill.ThrowingRunnable;
import dev.standstill.test.TestLoop;
import java.time.Duration;

/** The sockets of a loop whose packets are on their way for a while. */
class SlowSocketsTest extends SimulatedSocketsTest {

  @Override
  public void run(ThrowingRunnable body) throws Exception {
    Duration delay = Duration.ofMillis(10);
    try (TestLoop loop = TestLoop.builder().network(delay, delay).open()) {
      loop.run(() -> {
        body.run();
        return null;
      });
    }
  }
}
