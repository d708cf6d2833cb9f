package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Races.check;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;

/** Programs that take locks and monitors in the wrong order, or for the wrong thing. */
public final class Locks {

  private Locks() {}

  /** Each of so many threads enters a monitor, and then that of its neighbour. */
  public static void circleOfMonitors(int size) throws InterruptedException {
    Object[] forks = IntStream.range(0, size).mapToObj(fork -> new Object()).toArray();
    Together.run(
        IntStream.range(0, size)
            .mapToObj(seat -> eater(forks[seat], forks[(seat + 1) % size]))
            .toArray(Runnable[]::new));
  }

  private static Runnable eater(Object left, Object right) {
    return () -> {
      synchronized (left) {
        synchronized (right) {
          Thread.currentThread().getName();
        }
      }
    };
  }

  /** The same with locks. */
  public static void circleOfLocks(int size) throws InterruptedException {
    Lock[] forks =
        IntStream.range(0, size).mapToObj(fork -> new ReentrantLock()).toArray(Lock[]::new);
    Together.run(
        IntStream.range(0, size)
            .mapToObj(seat -> eater(forks[seat], forks[(seat + 1) % size]))
            .toArray(Runnable[]::new));
  }

  private static Runnable eater(Lock left, Lock right) {
    return () -> {
      left.lock();
      try {
        right.lock();
        right.unlock();
      } finally {
        left.unlock();
      }
    };
  }

  /** The same as two synchronized methods that call each other's object. */
  public static void transferBothWays() throws InterruptedException {
    Account one = new Account();
    Account other = new Account();
    Together.run(() -> one.transferTo(other), () -> other.transferTo(one));
    check(one.balance() + other.balance() == 200, "money is lost");
  }

  private static final class Account {
    private int balance = 100;

    synchronized void transferTo(Account other) {
      balance -= 10;
      other.deposit(10);
    }

    synchronized void deposit(int amount) {
      balance += amount;
    }

    synchronized int balance() {
      return balance;
    }
  }

  private static final class Cell {
    private volatile int value;
  }

  /** One thread guards a value with another lock than the other thread. */
  public static void wrongLock() throws InterruptedException {
    Cell cell = new Cell();
    Object right = new Object();
    Object wrong = new Object();
    Together.run(
        () -> {
          synchronized (right) {
            int seen = cell.value;
            cell.value = seen + 1;
            check(cell.value == seen + 1, "somebody else wrote");
          }
        },
        () -> {
          synchronized (wrong) {
            cell.value = cell.value + 10;
          }
        });
    check(cell.value == 11, "the value is " + cell.value);
  }

  /** Readers that hand a read lock on to each other, so that who wants to write gives up. */
  public static void starvedWriter() throws InterruptedException {
    ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    AtomicBoolean written = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    Runnable reader =
        () -> {
          for (int round = 0; round < 3; round++) {
            lock.readLock().lock();
            begun.countDown();
            Thread.yield();
            lock.readLock().unlock();
          }
        };
    Runnable writer =
        () -> {
          for (int attempt = 0; attempt < 3 && !written.get(); attempt++) {
            if (lock.writeLock().tryLock()) {
              written.set(true);
              lock.writeLock().unlock();
            }
            Thread.yield();
          }
        };
    Together.run(reader, reader, writer);
    check(written.get(), "the writer has given up");
  }
}
