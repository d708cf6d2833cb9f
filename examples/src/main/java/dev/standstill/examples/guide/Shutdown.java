package dev.standstill.examples.guide;

import dev.standstill.TaskGroup;
import dev.standstill.Timeout;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** What a service does at a signal, in virtual time. */
public final class Shutdown {

  private Shutdown() {}

  // tag::code[]
  public static void main(String[] args) throws Exception {
    try (var loop = TestLoop.open()) {
      var stop = new CountDownLatch(1);
      loop.onSignal("TERM", stop::countDown);
      var service =
          loop.spawn(
              "service",
              () -> {
                try (var requests = TaskGroup.open()) {
                  requests.spawn("quick", () -> answer("quick", Duration.ofSeconds(15)));
                  requests.spawn("slow", () -> answer("slow", Duration.ofHours(1)));
                  stop.await();
                  return Timeout.moveOnAfter(Duration.ofSeconds(10), requests::join);
                }
              });
      loop.advance(Duration.ofSeconds(7));
      loop.raiseSignal("TERM");
      System.out.println("all answered: " + loop.runUntilDone(service) + ", at " + loop.now());
    }
  }

  private static void answer(String request, Duration duration) throws InterruptedException {
    try {
      Thread.sleep(duration);
      System.out.println(request + " is answered");
    } catch (InterruptedException e) {
      System.out.println(request + " is cancelled");
      throw e;
    }
  }
  // end::code[]
}
