package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Monitors.uninterrupted;
import static dev.standstill.explore.programs.Races.check;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** Programs in which one waits for another, and looks again after that, or does not. */
public final class WakeUps {

  private WakeUps() {}

  private static final class Letter {
    private boolean written;

    synchronized void read(boolean looksAgain, long millis) throws InterruptedException {
      do {
        if (!written) {
          wait(millis);
        }
      } while (looksAgain && !written);
      check(written, "read what is not written");
    }

    synchronized void write() {
      written = true;
      notifyAll();
    }
  }

  /** Waits in a monitor. */
  public static void monitor(boolean looksAgain) throws InterruptedException {
    Letter letter = new Letter();
    Together.run(() -> uninterrupted(() -> letter.read(looksAgain, 0)), letter::write);
  }

  /** Waits in a monitor for a minute at the most. */
  public static void monitorForATime(boolean looksAgain) throws InterruptedException {
    Letter letter = new Letter();
    Together.run(() -> uninterrupted(() -> letter.read(looksAgain, 60_000)), letter::write);
  }

  /** Waits in a monitor that it has entered twice, while nobody else can run. */
  public static void monitorTwiceEntered(boolean looksAgain) throws InterruptedException {
    Letter letter = new Letter();
    Together.run(
        () -> {
          synchronized (letter) {
            uninterrupted(() -> letter.read(looksAgain, 0));
          }
        },
        () -> {
          uninterrupted(() -> Thread.sleep(1_000));
          letter.write();
        });
  }

  /** Waits for a condition. */
  public static void condition(boolean looksAgain) throws InterruptedException {
    waitFor(condition -> condition.await(), looksAgain);
  }

  /** Waits for a condition, for a minute at the most. */
  public static void conditionForATime(boolean looksAgain) throws InterruptedException {
    waitFor(condition -> check(condition.await(1, TimeUnit.MINUTES), "a minute"), looksAgain);
  }

  /** The same, told in nanoseconds. */
  public static void conditionForNanos(boolean looksAgain) throws InterruptedException {
    waitFor(condition -> check(condition.awaitNanos(60_000_000_000L) > 0, "a minute"), looksAgain);
  }

  private interface Waiting {
    void in(Condition condition) throws InterruptedException;
  }

  private static void waitFor(Waiting waiting, boolean looksAgain) throws InterruptedException {
    ReentrantLock lock = new ReentrantLock();
    Condition changed = lock.newCondition();
    boolean[] written = new boolean[1];
    Together.run(
        () -> {
          lock.lock();
          try {
            do {
              if (!written[0]) {
                uninterrupted(() -> waiting.in(changed));
              }
            } while (looksAgain && !written[0]);
            check(written[0], "read what is not written");
          } finally {
            lock.unlock();
          }
        },
        () -> {
          lock.lock();
          try {
            written[0] = true;
            changed.signalAll();
          } finally {
            lock.unlock();
          }
        });
  }

  private static final class Flag {
    private volatile boolean set;
  }

  /** Parks. */
  public static void park(boolean looksAgain) throws InterruptedException {
    Flag flag = new Flag();
    Thread parked =
        Thread.startVirtualThread(() -> {
          do {
            if (!flag.set) {
              LockSupport.park(flag);
            }
          } while (looksAgain && !flag.set);
          check(flag.set, "went on too early");
        });
    flag.set = true;
    LockSupport.unpark(parked);
    parked.join();
  }

  /** Between the beginning and the end of a wait others have the monitor. */
  public static void othersBetween() throws InterruptedException {
    int[] page = new int[1];
    Object book = new Object();
    Together.run(
        () -> {
          synchronized (book) {
            page[0] = 1;
            uninterrupted(() -> book.wait(60_000));
            check(page[0] != 2, "woke on page 2");
          }
        },
        () -> {
          turn(book, page, 1, 2);
          uninterrupted(() -> Thread.sleep(1));
          turn(book, page, 2, 3);
          synchronized (book) {
            book.notifyAll();
          }
        });
  }

  private static void turn(Object book, int[] page, int from, int to) {
    synchronized (book) {
      if (page[0] == from) {
        page[0] = to;
      }
    }
  }
}
