package dev.standstill.agent.programs;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Classes of a program that take locks, or do not. */
public final class Locks {

  private Locks() {}

  public static final class Blocks {
    private int count;

    int block(boolean twice) {
      synchronized (this) {
        count += twice ? 2 : 1;
      }
      return count;
    }
  }

  public static class Methods {
    private static int count;

    static synchronized void alone() {
      count++;
    }

    synchronized void together() {
      count++;
    }

    void unguarded() {
      count++;
    }
  }

  public static final class Inheriting extends Methods {}

  public static final class Calling {
    static void call(Inheriting inheriting) {
      inheriting.together();
      inheriting.unguarded();
      Methods.alone();
    }
  }

  public static final class Locking {
    static void lock(ReadWriteLock lock, Semaphore permits) throws InterruptedException {
      lock.readLock().lock();
      permits.acquire();
      permits.release();
      lock.readLock().unlock();
      lock.notifyAll();
    }
  }

  public static final class Deriving {
    public static final class Own extends ReentrantReadWriteLock {
      public static final long serialVersionUID = 1;
    }

    static void use(Own own, OwnLock lock) {
      own.writeLock();
      lock.lock();
    }

    interface OwnLock extends Lock {}
  }

  public static final class Initialised {
    static int count;

    static {
      synchronized (Initialised.class) {
        count++;
      }
    }
  }

  public record Plain(int number) {}
}
