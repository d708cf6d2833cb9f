package dev.standstill.explore.programs;

import java.util.concurrent.atomic.AtomicInteger;

/** Threads each of which begins when the one before has ended. */
public final class InTurn {

  private InTurn() {}

  /** Runs so many of them. */
  public static void run(int count) throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    for (int number = 1; number <= count; number++) {
      Thread step =
          Thread.ofVirtual()
              .name("step " + number)
              .start(() -> {
                done.incrementAndGet();
                done.incrementAndGet();
              });
      done.get();
      step.join();
    }
  }

  /** Two at a time that do one thing each. */
  public static void oneStepEach() throws InterruptedException {
    AtomicInteger done = new AtomicInteger();
    Together.run(done::incrementAndGet, () -> done.incrementAndGet());
  }
}
