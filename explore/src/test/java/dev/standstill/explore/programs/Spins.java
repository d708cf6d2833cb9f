package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Races.check;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Programs that wait by looking again and again. */
public final class Spins {

  private Spins() {}

  private static final class Flag {
    private volatile boolean set;
    private volatile int turn;
  }

  /** Looks, and does nothing else. */
  public static void busy() throws InterruptedException {
    Flag flag = new Flag();
    Together.run(() -> waitFor(flag), () -> waitFor(flag), () -> flag.set = true);
  }

  private static void waitFor(Flag flag) {
    while (!flag.set) {
      // That is the point.
    }
  }

  /** Looks, and hints that it does. */
  public static void onSpinWait() throws InterruptedException {
    Flag flag = new Flag();
    Runnable spin =
        () -> {
          while (!flag.set) {
            Thread.onSpinWait();
          }
        };
    Together.run(spin, () -> flag.set = true, spin);
  }

  /** Looks, and lets others run. */
  public static void yields() throws InterruptedException {
    Flag flag = new Flag();
    Runnable spin =
        () -> {
          while (!flag.set) {
            Thread.yield();
          }
        };
    Together.run(spin, spin, () -> flag.set = true);
  }

  /** Tries to get a lock. */
  public static void tryLock() throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    AtomicInteger inside = new AtomicInteger();
    Runnable enter =
        () -> {
          while (!lock.tryLock()) {
            // Again.
          }
          check(inside.incrementAndGet() == 1, "two inside");
          inside.decrementAndGet();
          lock.unlock();
        };
    Together.run(enter, enter, enter);
  }

  /** A lock of the program's own, without a queue. */
  public static void spinLock() throws InterruptedException {
    AtomicBoolean locked = new AtomicBoolean();
    AtomicInteger inside = new AtomicInteger();
    Runnable enter =
        () -> {
          for (int round = 0; round < 2; round++) {
            while (!locked.compareAndSet(false, true)) {
              Thread.onSpinWait();
            }
            check(inside.incrementAndGet() == 1, "two inside");
            inside.decrementAndGet();
            locked.set(false);
          }
        };
    Together.run(enter, enter);
  }

  /** Three take turns, each waiting for its own. */
  public static void turns() throws InterruptedException {
    Flag flag = new Flag();
    Together.run(takesTurns(flag, 0), takesTurns(flag, 1), takesTurns(flag, 2));
    check(flag.turn == 9, "turn " + flag.turn);
  }

  private static Runnable takesTurns(Flag flag, int own) {
    return () -> {
      for (int round = 0; round < 3; round++) {
        while (flag.turn % 3 != own) {
          // Not yet.
        }
        flag.turn = flag.turn + 1;
      }
    };
  }

  /** One spins inside a monitor, which who sets the flag does not need; others wait for it. */
  public static void insideMonitor() throws InterruptedException {
    Flag flag = new Flag();
    Runnable spin =
        () -> {
          synchronized (flag) {
            waitFor(flag);
          }
        };
    Together.run(spin, spin, () -> flag.set = true);
  }

  /** What one waits for comes after a time. */
  public static void forATime() throws InterruptedException {
    Flag flag = new Flag();
    Together.run(
        () -> {
          while (!flag.set) {
            Thread.yield();
          }
        },
        () ->
            Monitors.uninterrupted(() -> {
              Thread.sleep(5);
              flag.set = true;
            }));
  }

  /** Nobody sets the flag. */
  public static void forEver() throws InterruptedException {
    Flag flag = new Flag();
    Together.run(() -> waitFor(flag), () -> waitFor(flag));
  }

  /** Threads are left that look for ever, and that fail when they are interrupted. */
  public static void leftBehind() {
    Flag flag = new Flag();
    new Thread(() -> waitFor(flag)).start();
    new Thread(() -> Monitors.uninterrupted(() -> Thread.sleep(1000))).start();
  }

  /** Each lets the other go first. */
  public static void politely() throws InterruptedException {
    AtomicInteger meal = new AtomicInteger();
    AtomicBoolean one = new AtomicBoolean(true);
    AtomicBoolean other = new AtomicBoolean(true);
    Together.run(() -> eats(meal, one, other), () -> eats(meal, other, one));
  }

  private static void eats(AtomicInteger meal, AtomicBoolean own, AtomicBoolean others) {
    while (meal.get() < 2) {
      if (!others.get()) {
        meal.incrementAndGet();
        own.set(false);
      } else {
        Thread.yield();
      }
    }
  }
}
