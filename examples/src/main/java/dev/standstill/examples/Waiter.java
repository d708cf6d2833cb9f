package dev.standstill.examples;

import dev.standstill.Event;
import dev.standstill.test.TestLoop;

/** A task that waits until somebody wakes it, and a test that sees it wait. */
public final class Waiter {

  private Waiter() {}

  // tag::code[]
  /** The code under test: plain Java that blocks. */
  static int answer(Event wakeUp) throws InterruptedException {
    System.out.println("Waiting");
    wakeUp.await();
    System.out.println("Done");
    return 42;
  }

  public static void main(String[] args) throws Exception {
    try (var loop = TestLoop.open()) {
      var wakeUp = new Event();
      var waiter = loop.spawn("waiter", () -> answer(wakeUp));

      loop.runUntilBlocked(); // returns when nothing can run any more
      System.out.println("done? " + waiter.isDone());

      wakeUp.set();
      loop.runUntilBlocked();
      System.out.println("done? " + waiter.isDone() + ", with " + waiter.get());
    }
  }
  // end::code[]
}
