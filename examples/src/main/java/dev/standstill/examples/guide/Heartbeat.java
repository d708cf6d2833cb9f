package dev.standstill.examples.guide;

import dev.standstill.PeriodicCallback;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.time.Duration;

/** Something that is done again and again, seen in virtual time. */
public final class Heartbeat {

  private Heartbeat() {}

  // tag::code[]
  public static void main(String[] args) {
    try (var loop = TestLoop.open()) {
      loop.setUncaughtExceptionHandler(
          (task, e) -> System.out.println(task.getName() + " failed: " + e.getMessage()));
      var turns = new int[1];
      var poll =
          new PeriodicCallback(
              loop,
              "poll",
              Duration.ofSeconds(10),
              () -> {
                System.out.println(loop.now() + " turn " + ++turns[0]);
                if (turns[0] == 2) {
                  Thread.sleep(25_000); // the turns at 30 and at 40 s are skipped
                } else if (turns[0] == 3) {
                  throw new IOException("no answer");
                }
              });

      poll.start();
      loop.advance(Duration.ofMinutes(1));
      poll.stop();
      loop.advance(Duration.ofHours(1)); // nothing happens any more
    }
  }
  // end::code[]
}
