package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Races.check;

import java.util.concurrent.atomic.AtomicInteger;

/** Programs that know their counters under names, or do not. */
public final class Named {

  private Named() {}

  private static final class Desk {
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger lent = new AtomicInteger();

    void open() {
      if (lent.get() == 0 && opened.get() == 0) {
        lent.incrementAndGet();
        opened.incrementAndGet();
      }
    }
  }

  private static final class Counted {
    private final AtomicInteger counter = new AtomicInteger();

    void add() {
      int before = counter.get();
      counter.set(before + 1);
    }
  }

  /** Two counters of one class, each in a field of its own. */
  public static void twoCounters() throws InterruptedException {
    Desk desk = new Desk();
    Together.run(desk::open, desk::open);
    check(desk.opened.get() == 1, "opened twice");
  }

  /** A variable of the method around. */
  public static void captured() throws InterruptedException {
    AtomicInteger counter = new AtomicInteger();
    Runnable add =
        () -> {
          int before = counter.get();
          counter.set(before + 1);
        };
    Together.run(add, add);
    check(counter.get() == 2, "one is lost");
  }

  /** Two objects that have each a counter of the same name. */
  public static void sameNameForTwo() throws InterruptedException {
    Counted one = new Counted();
    Counted other = new Counted();
    Runnable add =
        () -> {
          one.add();
          other.add();
        };
    Together.run(add, add);
    check(one.counter.get() == 2 && other.counter.get() == 2, "one is lost");
  }

  /** One of two variables. */
  public static void either() throws InterruptedException {
    AtomicInteger left = new AtomicInteger();
    AtomicInteger right = new AtomicInteger();
    Runnable add =
        () -> {
          int before = (Thread.currentThread().isDaemon() ? left : right).get();
          right.set(before + 1);
        };
    Together.run(add, add);
    check(right.get() == 2, "one is lost");
  }

  /** What is called has arguments that are computed. */
  public static void withArguments() throws InterruptedException {
    AtomicInteger counter = new AtomicInteger();
    Runnable add =
        () -> {
          int before = counter.get();
          counter.compareAndSet(Math.abs(before), Integer.parseInt("" + (before + 1)) % 1_000);
        };
    Together.run(add, add);
    check(counter.get() == 2, "one is lost");
  }
}
