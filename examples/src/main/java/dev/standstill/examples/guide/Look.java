package dev.standstill.examples.guide;

import dev.standstill.EventLoop;
import dev.standstill.TaskSnapshot;
import java.util.concurrent.LinkedBlockingQueue;

/** Asks a running loop what its tasks do. */
public final class Look {

  private Look() {}

  // tag::code[]
  public static void main(String[] args) throws Exception {
    try (var loop = EventLoop.start("shop")) {
      var orders = new LinkedBlockingQueue<String>();
      loop.spawn("waiter", () -> orders.take());
      loop.spawn("cleaner", () -> Thread.sleep(60_000));
      loop.run(() -> {}); // both have run until they block

      for (TaskSnapshot task : loop.tasks()) {
        System.out.println(task.name() + " is " + task.state());
      }
    }
  }
  // end::code[]
}
