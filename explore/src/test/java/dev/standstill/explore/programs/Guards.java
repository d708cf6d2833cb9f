package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Monitors.uninterrupted;
import static dev.standstill.explore.programs.Races.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Programs that use monitors as is right; and two that do not. */
public final class Guards {

  private Guards() {}

  private static final class Left {}

  private static final class Right {}

  /** Two threads take two monitors in different orders. */
  public static void abba() throws InterruptedException {
    Left left = new Left();
    Right right = new Right();
    Thread one = Thread.ofPlatform().name("one").start(() -> both(left, right));
    Thread other = Thread.ofPlatform().name("other").start(() -> both(right, left));
    one.join();
    other.join();
  }

  private static void both(Object first, Object second) {
    synchronized (first) {
      synchronized (second) {
        check(Thread.holdsLock(first) && Thread.holdsLock(second), "not mine");
      }
    }
  }

  /** Nobody notifies. */
  public static void waitForEver() throws InterruptedException {
    Object monitor = new Object();
    synchronized (monitor) {
      monitor.wait();
    }
  }

  /** The same monitor is entered by this class and by classes that are not changed. */
  public static void withLibrary() throws InterruptedException {
    List<Integer> list = Collections.synchronizedList(new ArrayList<>());
    StringBuffer text = new StringBuffer();
    Runnable add =
        () -> {
          list.add(1);
          synchronized (list) {
            int size = list.size();
            Thread.yield();
            list.add(size);
            check(list.size() == size + 1, "somebody else has added");
          }
          synchronized (text) {
            int length = text.length();
            text.append('a');
            check(text.length() == length + 1, "somebody else has appended");
          }
        };
    Runnable append =
        () -> {
          text.append('b');
          list.remove(Integer.valueOf(7));
        };
    Together.run(add, append, add);
    check(list.size() == 4 && text.length() == 3, list + " " + text);
  }

  /** One sleeps and keeps the monitor; others wait for it, and one does not. */
  public static void sleepInside() throws InterruptedException {
    Object monitor = new Object();
    AtomicInteger inside = new AtomicInteger();
    Runnable sleeper =
        () -> {
          synchronized (monitor) {
            check(inside.incrementAndGet() == 1, "two inside");
            uninterrupted(() -> Thread.sleep(1000));
            inside.decrementAndGet();
          }
        };
    long begun = System.nanoTime();
    Together.run(sleeper, sleeper, () -> uninterrupted(() -> Thread.sleep(500)), sleeper);
    check((System.nanoTime() - begun) / 1_000_000 == 3000, "another time");
  }

  /** One that waits is interrupted, by who has the monitor, or who has not. */
  public static void interrupted() throws InterruptedException {
    Object monitor = new Object();
    AtomicInteger interrupts = new AtomicInteger();
    Runnable waiter =
        () -> {
          synchronized (monitor) {
            try {
              monitor.wait();
              check(false, "nobody notifies");
            } catch (InterruptedException e) {
              check(Thread.holdsLock(monitor), "not mine");
              check(!Thread.currentThread().isInterrupted(), "still interrupted");
              interrupts.incrementAndGet();
            }
          }
        };
    Thread one = new Thread(waiter);
    Thread other = new Thread(waiter);
    one.start();
    other.start();
    one.interrupt();
    synchronized (monitor) {
      other.interrupt();
      Thread.yield();
      check(interrupts.get() < 2, "not mine");
    }
    one.join();
    other.join();
    check(interrupts.get() == 2, "interrupted " + interrupts);
  }

  private static final class Deep {
    private int depth;
    private volatile int deepest;

    synchronized void enter(int times) {
      depth++;
      if (times > 0) {
        enter(times - 1);
        synchronized (this) {
          deepest = Math.max(deepest, depth);
        }
      } else {
        try {
          wait(1);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      depth--;
    }

    synchronized int depth() {
      return depth;
    }
  }

  /** It is entered three times, and given away as a whole by who waits. */
  public static void entersAgain() throws InterruptedException {
    Deep deep = new Deep();
    Together.run(() -> deep.enter(2), () -> deep.enter(1), () -> deep.enter(0));
    check(deep.depth() == 0 && deep.deepest >= 2, deep.depth() + " " + deep.deepest);
  }

  /** HotSpot notifies first who has waited first. */
  public static void notifiesInOrder() throws InterruptedException {
    Object monitor = new Object();
    List<Integer> woken = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int number = 0; number < 3; number++) {
      int own = number;
      Thread thread =
          new Thread(() -> {
            synchronized (monitor) {
              uninterrupted(monitor::wait);
              woken.add(own);
            }
          });
      threads.add(thread);
      thread.start();
      while (thread.getState() != Thread.State.WAITING) {
        Thread.yield();
      }
    }
    for (int number = 0; number < 3; number++) {
      synchronized (monitor) {
        monitor.notify();
      }
      threads.get(number).join();
      check(woken.size() == number + 1 && woken.getLast() == number, "woken " + woken);
    }
  }
}
