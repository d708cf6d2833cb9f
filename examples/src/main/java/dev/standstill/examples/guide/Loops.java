package dev.standstill.examples.guide;

import dev.standstill.EventLoop;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;

/** An event loop in a program. */
public final class Loops {

  private Loops() {}

  // tag::code[]
  public static void main(String[] args) throws Exception {
    try (var loop = EventLoop.start("orders")) {
      var orders = new LinkedBlockingQueue<String>();
      var served = new int[1]; // only tasks of the loop touch it: no lock

      for (int i = 1; i <= 2; i++) {
        loop.spawn(
            "waiter-" + i,
            () -> {
              while (true) {
                String order = orders.take();
                Thread.sleep(5);
                served[0]++;
                System.out.println(order + " served by " + Thread.currentThread().getName());
              }
            });
      }

      loop.schedule(() -> orders.add("tea"), Duration.ofMillis(10));
      loop.schedule(() -> orders.add("coffee"), Duration.ofMillis(50));
      loop.run(() -> {
        while (served[0] < 2) {
          Thread.sleep(1);
        }
      });
      System.out.println(served[0] + " served in all");
    }
  }
  // end::code[]
}
