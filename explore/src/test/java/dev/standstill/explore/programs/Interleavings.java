package dev.standstill.explore.programs;

import java.util.ArrayList;
import java.util.List;

/** Threads that access one field, and others of which only they know. */
public final class Interleavings {

  private static final class Shared {
    private volatile int value;
  }

  private static final class Own {
    private volatile int value;
  }

  private Interleavings() {}

  /**
   * Runs a thread for each letter from A on. Each writes the shared field so many times, and before
   * each time a field of its own.
   *
   * @return who has written the shared field, in this order; a dash stands where all had been
   *     started
   */
  public static String run(int[] shared, int[] own) throws InterruptedException {
    return run(shared, own, false);
  }

  private static String run(int[] shared, int[] own, boolean atOnce) throws InterruptedException {
    StringBuilder order = new StringBuilder();
    Shared target = new Shared();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < shared.length; i++) {
      int number = i;
      Own mine = new Own();
      Thread thread =
          new Thread(() -> {
            if (atOnce) {
              Monitors.uninterrupted(() -> Thread.sleep(1));
            }
            for (int time = 0; time < shared[number]; time++) {
              for (int other = 0; other < own[number]; other++) {
                mine.value = other;
              }
              target.value = time;
              order.append((char) ('A' + number));
            }
          });
      threads.add(thread);
      thread.start();
    }
    order.append('-');
    for (Thread thread : threads) {
      thread.join();
    }
    return order.toString();
  }

  /** The same, and nobody begins before all were started. */
  public static String runAtOnce(int[] shared, int[] own) throws InterruptedException {
    return run(shared, own, true);
  }

  /** The same if no thread has an own field. */
  public static String run(int... shared) throws InterruptedException {
    return run(shared, new int[shared.length]);
  }
}
