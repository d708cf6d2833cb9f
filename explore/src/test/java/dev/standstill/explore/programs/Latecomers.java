package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Races.check;

import java.util.concurrent.atomic.AtomicInteger;

/** Programs with static fields, of classes that are first used under few schedules only. */
public final class Latecomers {

  private static final AtomicInteger TOTAL = new AtomicInteger();
  private static int runs;

  private Latecomers() {}

  private static final class Rare {
    static final AtomicInteger USES = new AtomicInteger(100);
  }

  private static final class Rarer {
    static final AtomicInteger USES = new AtomicInteger(Rare.USES.get());
  }

  /** Never fails. */
  public static void pass() throws InterruptedException {
    count();
    check(Rare.USES.get() < 110, "used from the run before");
  }

  /** Fails under few schedules. */
  public static void fail() throws InterruptedException {
    count();
    check(TOTAL.get() != 4, "counted 4 of 12");
  }

  private static void count() throws InterruptedException {
    check(runs++ == 0, "ran before");
    check(TOTAL.get() == 0, "counted before");
    Together.run(Latecomers::countToFour, Latecomers::countToFour, Latecomers::countToFour);
  }

  private static void countToFour() {
    for (int i = 0; i < 4; i++) {
      int seen = TOTAL.get();
      if (seen == 1 && i == 3) {
        Rare.USES.incrementAndGet();
      }
      if (seen == 2 && i == 3) {
        Rarer.USES.incrementAndGet();
      }
      TOTAL.set(seen + 1);
    }
  }
}
