package dev.standstill.examples.guide;

import dev.standstill.EventLoop;
import dev.standstill.micrometer.LoopMeters;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.LinkedBlockingQueue;

/** Shows what Prometheus reads of a loop. */
public final class Dashboard {

  private Dashboard() {}

  // tag::code[]
  public static void main(String[] args) throws Exception {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (var loop = EventLoop.start("shop")) {
      new LoopMeters(loop).bindTo(registry);

      var orders = new LinkedBlockingQueue<String>();
      loop.spawn("waiter", () -> orders.take());
      loop.run(() -> {}); // the waiter has run until it blocks

      registry
          .scrape()
          .lines()
          .filter(line -> line.matches("loop_(queue|tasks).*"))
          .forEach(System.out::println);
    }
  }
  // end::code[]
}
