package dev.standstill.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.junit.LoopTest;
import dev.standstill.test.TestLoop;
import java.util.concurrent.atomic.AtomicInteger;

/** A test under many schedules. */
class SeedsTest {

  // tag::seeds[]
  @LoopTest(seeds = 100)
  void countsBothVisitorsInAnyOrder(TestLoop loop) throws Exception {
    var visitors = new AtomicInteger();
    var first = loop.spawn("first", visitors::incrementAndGet);
    var second = loop.spawn("second", visitors::incrementAndGet);
    first.get();
    second.get();
    assertThat(visitors).hasValue(2);
  }
  // end::seeds[]
}
