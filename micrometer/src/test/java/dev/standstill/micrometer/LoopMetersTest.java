package dev.standstill.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Loops in the registry of Micrometer. */
class LoopMetersTest {

  @Test
  void showsWhatALoopDoes() throws Exception {
    var registry = new SimpleMeterRegistry();
    try (EventLoop loop = EventLoop.start("shop")) {
      new LoopMeters(loop).bindTo(registry);
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
      assertThat(registry.get("loop.tasks.started").functionCounter().count()).isEqualTo(2);
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

  @Test
  void metersOfSeveralLoopsAreToldApartByTheirTags() {
    var registry = new SimpleMeterRegistry();
    try (EventLoop shop = EventLoop.start("shop");
        EventLoop bank = EventLoop.start("bank")) {
      new LoopMeters(shop, Tag.of("city", "Bern")).bindTo(registry);
      new LoopMeters(bank, Tag.of("city", "Basel")).bindTo(registry);

      assertThat(registry.get("loop.tasks").gauges())
          .extracting(Meter::getId)
          .extracting(id -> id.getTag("loop") + " in " + id.getTag("city"))
          .containsExactlyInAnyOrder("shop in Bern", "bank in Basel");
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
