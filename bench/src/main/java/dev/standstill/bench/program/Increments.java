package dev.standstill.bench.program;

import java.util.ArrayList;
import java.util.List;

/** A program to explore: threads increment a volatile counter, and may lose some. */
public final class Increments {

  private volatile int count;

  private Increments() {}

  private void increment() {
    count = count + 1;
  }

  /** Runs so many threads of that kind to their end. */
  public static void run(int threads, boolean virtual) {
    Increments increments = new Increments();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Thread thread =
          virtual
              ? Thread.ofVirtual().unstarted(increments::increment)
              : new Thread(increments::increment);
      running.add(thread);
      thread.start();
    }
    try {
      for (Thread thread : running) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (increments.count > threads) {
      throw new AssertionError("counted " + increments.count);
    }
  }
}
