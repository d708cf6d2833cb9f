package dev.standstill.examples.guide;

import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A time-out of an hour, tested in milliseconds. */
public final class Timeout {

  private Timeout() {}

  // tag::code[]
  /** The code under test: plain Java, no test seam. */
  static String answer(BlockingQueue<String> replies) throws InterruptedException {
    String reply = replies.poll(1, TimeUnit.HOURS);
    return reply == null ? "gave up at " + Instant.now() : reply;
  }

  // end::code[]

  // tag::test[]
  public static void main(String[] args) throws Exception {
    try (var loop = TestLoop.open()) {
      var patient = loop.spawn("patient", () -> answer(new LinkedBlockingQueue<>()));

      loop.advance(Duration.ofMinutes(59));
      System.out.println("59 minutes: " + (patient.isDone() ? "done" : "still waiting"));

      loop.advance(Duration.ofMinutes(1));
      System.out.println("60 minutes: " + patient.get());
    }
  }
  // end::test[]
}
