package dev.standstill.explore.programs;

import java.util.ArrayList;
import java.util.List;

/** Runs code on threads of its own. */
final class Together {

  private Together() {}

  /** Returns when all have ended. */
  static void run(Runnable... bodies) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (Runnable body : bodies) {
      Thread thread = new Thread(body);
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
