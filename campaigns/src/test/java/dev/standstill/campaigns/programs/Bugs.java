package dev.standstill.campaigns.programs;

import dev.standstill.explore.Exploration;
import java.util.concurrent.atomic.AtomicInteger;

/** A program that fails in several ways, some of them seldom. For one thread. */
public final class Bugs {

  private final AtomicInteger stock = new AtomicInteger(1);
  private volatile int sold;
  private volatile int step;

  private Bugs() {}

  /** Explores it. */
  public static Exploration exploration() {
    return Exploration.of(loop -> new Bugs().run());
  }

  private void run() throws InterruptedException {
    Thread one = Thread.startVirtualThread(this::buy);
    Thread other = Thread.startVirtualThread(this::buy);
    Thread looker = Thread.startVirtualThread(this::look);
    step = 1;
    step = 2;
    step = 3;
    step = 4;
    one.join();
    other.join();
    looker.join();
    if (sold != 2) {
      throw new IllegalStateException("lost a sale");
    }
  }

  private void buy() {
    if (stock.get() > 0 && stock.decrementAndGet() < 0) {
      throw new IllegalStateException("sold what is not there");
    }
    sold = sold + 1;
  }

  private void look() {
    int first = step;
    int second = step;
    if (first == 2 && second == 4) {
      throw new IllegalArgumentException("seen " + first + " and " + second);
    }
  }
}
