package dev.standstill.explore.programs;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Programs whose failures are traced. */
public final class Traced {

  private Traced() {}

  /** Customers who each look whether there is enough before they take it. */
  public static void overdraw(int customers) throws InterruptedException {
    AtomicInteger balance = new AtomicInteger(100);
    List<Thread> all =
        IntStream.range(0, customers)
            .mapToObj(number ->
                Thread.ofVirtual()
                    .name("customer-" + number)
                    .start(() -> {
                      if (balance.get() >= 60) {
                        balance.addAndGet(-60);
                      }
                    }))
            .toList();
    for (Thread thread : all) {
      thread.join();
    }
    if (balance.get() < 0) {
      throw new IllegalStateException("overdrawn: " + balance);
    }
  }

  /** Two monitors that two threads take, one in each order. */
  public static void takeBothWays() throws InterruptedException {
    Object a = new Object();
    Object b = new Object();
    Thread one = Thread.ofVirtual().name("one").start(() -> takeBoth(a, b));
    Thread two = Thread.ofVirtual().name("two").start(() -> takeBoth(b, a));
    one.join();
    two.join();
  }

  private static void takeBoth(Object first, Object second) {
    synchronized (first) {
      synchronized (second) {
        Thread.onSpinWait();
      }
    }
  }

  /** Fails in each schedule. */
  public static void fail() {
    throw new IllegalStateException("always");
  }
}
