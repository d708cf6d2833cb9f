package dev.standstill.examples.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.standstill.Event;
import dev.standstill.junit.LoopTest;
import dev.standstill.test.TestLoop;

/** A test that is a task itself looks at the others while they stand still. */
class StandstillTest {

  // tag::standstill[]
  @LoopTest
  void waitsUntilItIsWoken(TestLoop loop) throws Exception {
    var wakeUp = new Event();
    var waiter = loop.spawn("waiter", () -> answer(wakeUp));

    loop.awaitStandstill(); // returns when all other tasks are blocked
    assertFalse(waiter.isDone());

    wakeUp.set();
    loop.awaitStandstill();
    assertEquals(42, waiter.get());
  }

  // end::standstill[]

  private static int answer(Event wakeUp) throws InterruptedException {
    wakeUp.await();
    return 42;
  }
}
