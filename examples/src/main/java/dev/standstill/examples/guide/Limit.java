package dev.standstill.examples.guide;

import dev.standstill.EventLoop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;

/** A loop that takes so much work at a time, and no more. */
public final class Limit {

  private Limit() {}

  // tag::code[]
  public static void main(String[] args) throws Exception {
    try (var loop = EventLoop.start("orders")) {
      var kitchen = new CountDownLatch(1);
      loop.setLimit(2, EventLoop.WhenFull.REFUSE);
      for (int i = 1; i <= 3; i++) {
        try {
          loop.spawn("order-" + i, () -> kitchen.await());
          System.out.println("order " + i + " is taken");
        } catch (RejectedExecutionException e) {
          System.out.println("order " + i + " is refused: " + e.getMessage());
        }
      }

      loop.setLimit(2, EventLoop.WhenFull.WAIT);
      Thread guest =
          Thread.startVirtualThread(() -> {
            loop.execute(() -> {}); // waits until one of the two has ended
            System.out.println("order 4 is taken");
          });
      System.out.println("the kitchen opens");
      kitchen.countDown();
      guest.join();
    }
  }
  // end::code[]
}
