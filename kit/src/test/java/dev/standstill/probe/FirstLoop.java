package dev.standstill.probe;

import dev.standstill.test.TestLoop;
import java.time.Duration;

/** Opens the first test loop of a JVM and lets a day pass on it. */
public final class FirstLoop {

  private FirstLoop() {}

  public static void main(String[] arguments) throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> Thread.sleep(Duration.ofDays(1)));
      System.out.println("now " + loop.now());
    } catch (IllegalStateException e) {
      System.out.println("refused: " + e.getMessage());
    }
  }
}
