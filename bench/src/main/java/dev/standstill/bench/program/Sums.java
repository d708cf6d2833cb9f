package dev.standstill.bench.program;

import java.util.ArrayList;
import java.util.List;

/** A program to explore: threads add up numbers of their own, and then to one sum in a monitor. */
public final class Sums {

  private static final int NUMBERS = 100;

  private long total;

  private Sums() {}

  private void add(int from) {
    int[] numbers = new int[NUMBERS];
    for (int i = 0; i < NUMBERS; i++) {
      numbers[i] = from + i;
    }
    long sum = 0;
    for (int i = 0; i < NUMBERS; i++) {
      sum += numbers[i];
    }
    synchronized (this) {
      total += sum;
    }
  }

  /** Runs so many threads to their end. */
  public static void run(int threads) {
    Sums sums = new Sums();
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int from = i;
      Thread thread = new Thread(() -> sums.add(from));
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
    if (sums.total < NUMBERS) {
      throw new AssertionError("added up " + sums.total);
    }
  }
}
