package dev.standstill.metrics;

import dev.standstill.EventLoop;
import dev.standstill.core.LiveScheduler;
import dev.standstill.core.LoopExecutor;

/**
 * Measures event loops in production, each from the first call for it on. That costs about as much
 * as reading the clock once for each slice; loops that nobody asks about pay nothing. Any thread
 * may call.
 *
 * <pre>{@code
 * LoopMetrics.register(loop); // for JMX: jconsole, VisualVM, JMC, the Prometheus exporter
 *
 * EventLoopMXBean metrics = LoopMetrics.of(loop); // for Micrometer
 * Gauge.builder("loop.queue", metrics, EventLoopMXBean::getQueueLength).register(registry);
 * }</pre>
 */
public final class LoopMetrics {

  private LoopMetrics() {}

  /**
   * Returns the numbers of a loop, which is measured from now on if it was not before.
   *
   * @param loop a loop in real time
   * @return its numbers, always the same object for one loop, which lives as long as the loop does
   * @throws UnsupportedOperationException if the loop's time is virtual
   */
  public static EventLoopMXBean of(EventLoop loop) {
    return readingsOf(loop);
  }

  /**
   * Registers the numbers of a loop with the platform's MBean server, until the loop has ended. The
   * name is {@code dev.standstill:type=EventLoop,name="shop"} for a loop named "shop"; a further
   * loop of that name gets {@code ,number=2} at the end, and so on. A loop that is registered
   * already stays so. A loop that has ended is not registered.
   *
   * @param loop a loop in real time
   * @return its numbers, as {@link #of} returns them
   * @throws UnsupportedOperationException if the loop's time is virtual
   * @throws IllegalStateException if this JVM runs without the module {@code java.management}
   */
  public static EventLoopMXBean register(EventLoop loop) {
    Readings readings = readingsOf(loop);
    if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
      throw new IllegalStateException(
          "%s cannot be registered for JMX, because this JVM runs without the module java.management: add it with --add-modules java.management, or read LoopMetrics.of(loop)."
              .formatted(loop));
    }
    readings.counters().untilClosed(() -> Registration.add(loop.name(), readings));
    return readings;
  }

  private static Readings readingsOf(EventLoop loop) {
    LiveScheduler scheduler =
        loop instanceof LoopExecutor executor ? executor.liveScheduler() : null;
    if (scheduler == null) {
      throw new UnsupportedOperationException(
          "%s stands still whenever its driver does, so how long something takes there says little: measure a loop in real time."
              .formatted(loop));
    }
    LoopCounters counters =
        (LoopCounters) scheduler.measure(() -> new LoopCounters(loop, scheduler));
    return counters.readings();
  }
}
