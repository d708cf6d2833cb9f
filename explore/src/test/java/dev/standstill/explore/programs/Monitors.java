package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Races.check;

import java.util.ArrayDeque;
import java.util.Queue;

/** Programs that wait in monitors and are told too early, too rarely, or the wrong one. */
public final class Monitors {

  private Monitors() {}

  private static final class Gate {
    private volatile boolean open;

    void pass() throws InterruptedException {
      if (!open) {
        synchronized (this) {
          wait();
        }
      }
    }

    void open() {
      open = true;
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** The gate may be opened between the look and the wait. */
  public static void missedNotify() throws InterruptedException {
    Gate gate = new Gate();
    Together.run(() -> uninterrupted(gate::pass), gate::open);
  }

  private static class Slot {
    final Queue<Integer> items = new ArrayDeque<>();

    synchronized void put(int item) throws InterruptedException {
      while (items.size() == 1) {
        wait();
      }
      items.add(item);
      notify();
    }

    synchronized int take() throws InterruptedException {
      while (items.isEmpty()) {
        wait();
      }
      int item = items.remove();
      notify();
      return item;
    }
  }

  /** Producers and consumers wait in one monitor, and the notify wakes one of the wrong kind. */
  public static void wrongNotify() throws InterruptedException {
    Slot slot = new Slot();
    Together.run(
        () -> uninterrupted(slot::take),
        () -> uninterrupted(slot::take),
        () -> uninterrupted(() -> slot.put(1)),
        () -> uninterrupted(() -> slot.put(2)));
  }

  private static final class HastySlot extends Slot {
    @Override
    synchronized int take() throws InterruptedException {
      if (items.isEmpty()) {
        wait();
      }
      return items.remove();
    }

    @Override
    synchronized void put(int item) {
      items.add(item);
      notifyAll();
    }
  }

  /** Who is woken does not look again. */
  public static void ifAroundWait() throws InterruptedException {
    Slot slot = new HastySlot();
    Together.run(
        () -> uninterrupted(slot::take),
        () -> uninterrupted(slot::take),
        () -> {
          uninterrupted(() -> slot.put(1));
          uninterrupted(() -> slot.put(2));
        });
  }

  private static final class CarelessBuffer {
    private final Queue<Integer> items = new ArrayDeque<>();
    private int waiting;

    synchronized int take() throws InterruptedException {
      while (items.isEmpty()) {
        waiting++;
        wait();
        waiting--;
      }
      return items.remove();
    }

    synchronized void put(int item) {
      items.add(item);
      if (waiting > 0) {
        notify();
      }
    }

    synchronized int waiting() {
      return waiting;
    }
  }

  /** A buffer that forgets to count back when who waits is interrupted. */
  public static void interruptedBuffer() throws InterruptedException {
    CarelessBuffer buffer = new CarelessBuffer();
    Thread taker =
        new Thread(() -> {
          try {
            buffer.take();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    taker.start();
    taker.interrupt();
    buffer.put(1);
    taker.join();
    check(buffer.waiting() == 0, "somebody seems to wait");
  }

  interface Interruptible {
    void run() throws InterruptedException;
  }

  static void uninterrupted(Interruptible body) {
    try {
      body.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
