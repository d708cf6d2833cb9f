package dev.standstill.examples.guide;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.ChannelDoneException;
import dev.standstill.EventLoop;
import dev.standstill.TaskGroup;
import java.util.List;

/** A channel between tasks that ends. */
public final class Channels {

  private Channels() {}

  // tag::code[]
  public static void main(String[] args) throws Exception {
    try (var loop = EventLoop.open()) {
      loop.run(() -> {
        Channel<String> orders = Channel.newBufferedChannel(2);
        try (var group = TaskGroup.open()) {
          group.spawn("Ann", () -> serve("Ann", orders));
          group.spawn("Bob", () -> serve("Bob", orders));
          for (String order : List.of("tea", "coffee", "milk", "cake", "pie")) {
            orders.send(order); // waits while two are in line
          }
          orders.done();
          group.join(); // both have ended
        }
        try {
          orders.send("soup");
        } catch (ChannelDoneException e) {
          System.out.println("no soup: the channel is done");
        }
      });
    }
  }

  private static void serve(String waiter, Channel<String> orders) throws InterruptedException {
    while (orders.receiveOrClosed() instanceof String order) {
      System.out.println(waiter + " serves " + order);
      Thread.sleep(10);
    }
    System.out.println(waiter + " goes home");
  }
  // end::code[]
}
