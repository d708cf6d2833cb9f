package dev.standstill.examples.guide;

import dev.standstill.Limiter;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.TestLoop;

/** A task that keeps its permit for ever. */
public final class LimitedDeadlock {

  private LimitedDeadlock() {}

  // tag::code[]
  public static void main(String[] args) throws Exception {
    var connections = new Limiter(1);
    try (var loop = TestLoop.open()) {
      loop.run(() -> {
        loop.spawn("leaky", () -> connections.acquire()).get();
        connections.acquire();
      });
    } catch (DeadlockException e) {
      System.out.println(e.getMessage());
    }
  }
  // end::code[]
}
