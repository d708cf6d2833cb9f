package dev.standstill.micrometer;

import dev.standstill.EventLoop;
import dev.standstill.metrics.EventLoopMXBean;
import dev.standstill.metrics.LoopMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;

/**
 * The numbers of an event loop in production, for the registry of a dashboard:
 *
 * <pre>{@code
 * new LoopMeters(loop).bindTo(registry);
 * }</pre>
 *
 * <table>
 * <caption>The meters; each has the loop's name as its tag {@code loop}</caption>
 * <tr><th>meter</th><th>type</th><th>what it tells</th></tr>
 * <tr><td>{@code loop.tasks}</td><td>gauge</td>
 *     <td>{@linkplain EventLoopMXBean#getTaskCount living tasks}</td></tr>
 * <tr><td>{@code loop.tasks.blocked}</td><td>gauge</td>
 *     <td>{@linkplain EventLoopMXBean#getBlockedTaskCount those that wait}</td></tr>
 * <tr><td>{@code loop.tasks.started}</td><td>counter</td>
 *     <td>{@linkplain EventLoopMXBean#getStartedTaskCount tasks ever started}</td></tr>
 * <tr><td>{@code loop.queue}</td><td>gauge</td>
 *     <td>{@linkplain EventLoopMXBean#getQueueLength slices that wait for the carrier}</td></tr>
 * <tr><td>{@code loop.slices}</td><td>timer</td>
 *     <td>{@linkplain EventLoopMXBean#getSliceCount slices}, and {@linkplain
 *     EventLoopMXBean#getBusyMicros how long they took}</td></tr>
 * <tr><td>{@code loop.slices.longest}</td><td>gauge of a time</td>
 *     <td>{@linkplain EventLoopMXBean#getLongestSliceMicros the longest slice} of the last one to
 *     two minutes</td></tr>
 * <tr><td>{@code loop.lag}</td><td>gauge of a time</td>
 *     <td>{@linkplain EventLoopMXBean#getLagMicros the longest wait for a turn} of the last one to
 *     two minutes</td></tr>
 * </table>
 *
 * <p>A loop is measured from the first of these on: see {@link LoopMetrics}. Immutable; any thread
 * may use it.
 */
public final class LoopMeters implements MeterBinder {

  private final EventLoopMXBean metrics;
  private final Tags tags;

  /**
   * Begins to measure a loop.
   *
   * @param loop a loop in real time
   * @param tags further tags for all meters, such as the name of a service; a tag {@code loop}
   *     takes the place of the one with the loop's name
   * @throws UnsupportedOperationException if the loop's time is virtual
   */
  public LoopMeters(EventLoop loop, Tag... tags) {
    this.metrics = LoopMetrics.of(loop);
    this.tags = Tags.of("loop", loop.name()).and(tags);
  }

  /**
   * Adds the meters to a registry, which may be done with several. The registry does not keep the
   * loop alive.
   *
   * @param registry where they go; those of a loop that has the same tags stay what they are
   */
  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("loop.tasks", metrics, EventLoopMXBean::getTaskCount)
        .description("Living tasks")
        .tags(tags)
        .register(registry);
    Gauge.builder("loop.tasks.blocked", metrics, EventLoopMXBean::getBlockedTaskCount)
        .description("Living tasks that wait")
        .tags(tags)
        .register(registry);
    FunctionCounter.builder("loop.tasks.started", metrics, EventLoopMXBean::getStartedTaskCount)
        .description("Tasks that were ever started")
        .tags(tags)
        .register(registry);
    Gauge.builder("loop.queue", metrics, EventLoopMXBean::getQueueLength)
        .description("Slices that wait for the carrier")
        .tags(tags)
        .register(registry);
    bindTimesTo(registry);
  }

  private void bindTimesTo(MeterRegistry registry) {
    FunctionTimer.builder(
            "loop.slices",
            metrics,
            EventLoopMXBean::getSliceCount,
            EventLoopMXBean::getBusyMicros,
            TimeUnit.MICROSECONDS)
        .description("Slices, and how long they took")
        .tags(tags)
        .register(registry);
    TimeGauge.builder(
            "loop.slices.longest",
            metrics,
            TimeUnit.MICROSECONDS,
            EventLoopMXBean::getLongestSliceMicros)
        .description("The longest slice of the last one to two minutes")
        .tags(tags)
        .register(registry);
    TimeGauge.builder("loop.lag", metrics, TimeUnit.MICROSECONDS, EventLoopMXBean::getLagMicros)
        .description("The longest wait for a turn of the last one to two minutes")
        .tags(tags)
        .register(registry);
  }
}
