package dev.standstill.junit4.guide;

import static org.junit.Assert.assertEquals;

import dev.standstill.junit4.LoopRunner;
import dev.standstill.junit4.OnLoop;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.Test;
import org.junit.runner.RunWith;

/** One that runs under many schedules. */
@RunWith(LoopRunner.class)
public class VisitorsTest {

  // tag::seeds[]
  @Test
  @OnLoop(seeds = 100, timeout = "1 min")
  public void countsBothVisitorsInAnyOrder() throws InterruptedException {
    AtomicInteger visitors = new AtomicInteger();
    Thread first = Thread.ofPlatform().start(visitors::incrementAndGet);
    Thread second = Thread.ofPlatform().start(visitors::incrementAndGet);
    first.join();
    second.join();
    assertEquals(2, visitors.get());
  }
  // end::seeds[]
}
