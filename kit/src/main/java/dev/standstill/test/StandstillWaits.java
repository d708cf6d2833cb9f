package dev.standstill.test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;

/** The tasks that wait until all others are durably blocked. For the carrier only. */
final class StandstillWaits {

  private final Deque<CountDownLatch> waiting = new ArrayDeque<>();

  /** Blocks the calling task until the next standstill. */
  void await() throws InterruptedException {
    CountDownLatch standstill = new CountDownLatch(1);
    waiting.add(standstill);
    try {
      standstill.await();
    } finally {
      waiting.remove(standstill);
    }
  }

  /** Says that all stands still; returns whether a task goes on for that. */
  boolean release() {
    boolean any = !waiting.isEmpty();
    waiting.forEach(CountDownLatch::countDown);
    waiting.clear();
    return any;
  }
}
