package dev.standstill.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.metrics.EventLoopMXBean;
import dev.standstill.metrics.LoopMetrics;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Loops in the registry of Micrometer. */
class MicrometerTest {

  // tag::code[]
  static void bind(EventLoop loop, MeterRegistry registry) {
    EventLoopMXBean metrics = LoopMetrics.of(loop);
    Tags tags = Tags.of("loop", loop.name());

    Gauge.builder("loop.tasks", metrics, EventLoopMXBean::getTaskCount)
        .tags(tags)
        .register(registry);
    Gauge.builder("loop.tasks.blocked", metrics, EventLoopMXBean::getBlockedTaskCount)
        .tags(tags)
        .register(registry);
    Gauge.builder("loop.queue", metrics, EventLoopMXBean::getQueueLength)
        .tags(tags)
        .register(registry);
    FunctionTimer.builder(
            "loop.slices",
            metrics,
            EventLoopMXBean::getSliceCount,
            EventLoopMXBean::getBusyMicros,
            TimeUnit.MICROSECONDS)
        .tags(tags)
        .register(registry);
    TimeGauge.builder(
            "loop.slices.longest",
            metrics,
            TimeUnit.MICROSECONDS,
            EventLoopMXBean::getLongestSliceMicros)
        .tags(tags)
        .register(registry);
    TimeGauge.builder("loop.lag", metrics, TimeUnit.MICROSECONDS, EventLoopMXBean::getLagMicros)
        .tags(tags)
        .register(registry);
  }

  // end::code[]

  @Test
  void showsWhatALoopDoes() throws Exception {
    var registry = new SimpleMeterRegistry();
    try (EventLoop loop = EventLoop.start("shop")) {
      bind(loop, registry);
      System.gc(); // Micrometer holds what it asks weakly
      var begun = new CountDownLatch(1);
      var enough = new AtomicBoolean();
      loop.spawn("waiter", () -> LockSupport.park());
      loop.spawn("cook", () -> cook(begun, enough));
      begun.await();
      loop.execute(() -> {});

      assertThat(value(registry, "loop.tasks")).isEqualTo(2);
      assertThat(value(registry, "loop.tasks.blocked")).isEqualTo(1);
      assertThat(value(registry, "loop.queue")).isEqualTo(1);
      assertThat(registry.get("loop.slices").functionTimer().count()).isEqualTo(1);
      while (value(registry, "loop.slices.longest") < 0.02 || value(registry, "loop.lag") < 0.01) {
        Thread.onSpinWait(); // both grow
      }
      enough.set(true);
      loop.submit(() -> {}).get();

      assertThat(registry.get("loop.slices").functionTimer().totalTime(TimeUnit.MILLISECONDS))
          .isGreaterThan(20);
    }
  }

  private static void cook(CountDownLatch begun, AtomicBoolean enough) {
    begun.countDown();
    while (!enough.get()) {
      Thread.onSpinWait();
    }
  }

  /** In the base unit, which is seconds for times. */
  private static double value(MeterRegistry registry, String name) {
    return registry.get(name).tag("loop", "shop").gauge().value();
  }
}
