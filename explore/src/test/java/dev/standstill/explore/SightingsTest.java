package dev.standstill.explore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.Property;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SightingsTest {

  private static ExplorationResult explore(int wanted) {
    return Exploration.of(
            loop -> {
              AtomicInteger order = new AtomicInteger();
              Thread one = Thread.startVirtualThread(() -> order.compareAndSet(0, 1));
              Thread other = Thread.startVirtualThread(() -> order.compareAndSet(0, 2));
              one.join();
              other.join();
              Property.sometimes(loop, "number " + wanted + " is first", order.get() == wanted);
            })
        .schedules(50)
        .run();
  }

  @Test
  void whatHappensInSomeSchedulesIsNotTold() {
    assertThat(explore(2).toString()).doesNotContain("Never seen");
  }

  @Test
  void whatHappensInNoneIsTold() {
    assertThat(explore(3).limits())
        .contains(
            "Never seen in these schedules, though it is to be seen sometimes: \"number 3 is first\".");
  }
}
