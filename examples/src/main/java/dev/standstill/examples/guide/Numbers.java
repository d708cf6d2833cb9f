package dev.standstill.examples.guide;

import dev.standstill.EventLoop;
import dev.standstill.metrics.EventLoopMXBean;
import dev.standstill.metrics.LoopMetrics;
import java.util.concurrent.LinkedBlockingQueue;

/** Measures a loop, and shows it to JMX. */
public final class Numbers {

  private Numbers() {}

  // tag::code[]
  public static void main(String[] args) throws Exception {
    try (var loop = EventLoop.start("shop")) {
      EventLoopMXBean metrics = LoopMetrics.register(loop);

      var orders = new LinkedBlockingQueue<String>();
      loop.spawn("waiter", () -> orders.take());
      loop.run(() -> {
        System.out.println(metrics.getTaskCount() + " tasks");
        System.out.println(metrics.getBlockedTaskCount() + " of them blocked");
        System.out.println(metrics.getSliceCount() + " slice has ended");
      });
    }
  }
  // end::code[]
}
