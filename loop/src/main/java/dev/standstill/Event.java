package dev.standstill;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Something that happens, and that tasks wait for: the one-shot signal that {@code
 * java.util.concurrent} lacks in a form that can be cleared again. Any thread may use it, a task or
 * not.
 *
 * <pre>{@code
 * var ready = new Event();
 * loop.spawn("waiter", () -> {
 *   ready.await();
 *   return 42;
 * });
 * ready.set();
 * }</pre>
 *
 * <p>What a thread did before {@link #set} happens-before an {@link #await} that returns because of
 * it.
 */
public final class Event {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean set;

  /** How often the event was set: who waits goes on if that has happened, cleared since or not. */
  private long sets;

  /** Makes an event that is not set. */
  public Event() {}

  /**
   * Sets the event and wakes all who wait for it; does nothing if it is set. Those who wait go on
   * also if the event is cleared again before they have run.
   */
  public void set() {
    lock.lock();
    try {
      if (!set) {
        set = true;
        sets++;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Clears the event, so that {@link #await} waits again. */
  public void clear() {
    lock.lock();
    try {
      set = false;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells whether the event is set now.
   *
   * @return true between {@link #set} and {@link #clear}
   */
  public boolean isSet() {
    lock.lock();
    try {
      return set;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the event is set; returns at once if it is. It may have been cleared again by the
   * time that the caller runs.
   *
   * @throws InterruptedException if the caller is interrupted, which is how a task is cancelled
   */
  public void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long before = sets;
      while (!set && sets == before) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the event is set, but not longer than {@code timeout}; virtual time for a task of a
   * test loop, real time for all others.
   *
   * @param timeout the longest time to wait; zero or less does not wait
   * @throws TimeoutException if the event was not set in time
   * @throws InterruptedException if the caller is interrupted, which is how a task is cancelled
   */
  public void await(Duration timeout) throws InterruptedException, TimeoutException {
    long left = TimeUnit.NANOSECONDS.convert(timeout);
    lock.lockInterruptibly();
    try {
      long before = sets;
      while (!set && sets == before) {
        if (left <= 0) {
          throw new TimeoutException("The event was not set within " + timeout + ".");
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
