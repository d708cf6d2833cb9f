package dev.standstill.core;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.function.Consumer;

/**
 * The places of a loop that has a limit: work that is handed over takes one and gives it back when
 * it has ended, whatever has become of it. Those who wait get places in the order in which they
 * came. Any thread may call.
 *
 * <p>A synchronizer of its own, so that reports show the loop where tasks are blocked on it. Its
 * state is how many places are free; below 0 if more are taken than a lower limit allows.
 */
public final class Places extends AbstractQueuedSynchronizer {

  private static final long serialVersionUID = 1;

  /** As good as no limit; so many can be freed once more without an overflow. */
  private static final int MANY = 1 << 29;

  /** Whose place the work has that the calling thread runs. */
  private static final ThreadLocal<Places> TAKEN = new ThreadLocal<>();

  private final transient LoopExecutor loop;
  private final AtomicInteger limit = new AtomicInteger();

  /** How many of those who wait have a place themselves. */
  private final AtomicInteger waitingWithPlace = new AtomicInteger();

  private volatile boolean waits;
  private volatile boolean limited;

  Places(LoopExecutor loop) {
    this.loop = loop;
  }

  /**
   * Sets how many places there are, and whether those wait who find none; else they are refused.
   */
  void limit(int places, boolean waits) {
    if (places < 1) {
      throw new IllegalArgumentException(
          "A loop without a place runs nothing: the limit has to be 1 or more, not " + places);
    }
    this.waits = waits;
    int capped = Math.min(places, MANY);
    releaseShared(capped - limit.getAndSet(capped));
    limited = true;
  }

  /** Whether a limit was ever set. Until then nothing takes a place. */
  boolean areLimited() {
    return limited;
  }

  /** Lets all go on who wait: the loop takes no work any more, and they see that. */
  void close() {
    if (limited) {
      releaseShared(MANY);
    }
  }

  /**
   * Takes a place for work of the caller, and waits for it if that is what the loop does.
   *
   * @return false if there is no limit
   * @throws RejectedExecutionException if there is none, and the caller cannot wait, is interrupted
   *     or the loop is closed meanwhile
   */
  boolean take() {
    if (!limited) {
      return false;
    }
    if (tryAcquireShared(1) < 0) {
      if (!waits) {
        throw full("Try again when some have ended, or let callers wait: WhenFull.WAIT.");
      }
      await();
      refuseIfClosed();
    }
    return true;
  }

  private void refuseIfClosed() {
    if (loop.isShutdown()) {
      giveBack();
      loop.refuseIfShutDown();
    }
  }

  private void await() {
    String name = Thread.currentThread().getName();
    if (loop.needsCaller()) {
      throw full(
          "Thread \"%s\" cannot wait for others to end, because the loop needs it to run them: hand the work over in another thread or in a task, or call run().",
          name);
    }
    boolean hasPlace = TAKEN.get() == this;
    int waiting = hasPlace ? waitingWithPlace.incrementAndGet() : 0;
    try {
      int free = getState();
      if (hasPlace && free <= 0 && waiting >= limit.get() - free) {
        throw full(
            "Task \"%s\" cannot wait for another to end, because all others wait for that, too: set a higher limit, or start fewer tasks within tasks.",
            name);
      }
      acquireSharedInterruptibly(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      RejectedExecutionException refused =
          full("Thread \"%s\" was interrupted while it waited for one to end.", name);
      refused.initCause(e);
      throw refused;
    } finally {
      if (hasPlace) {
        waitingWithPlace.decrementAndGet();
      }
    }
  }

  private RejectedExecutionException full(String then, Object... details) {
    return new RejectedExecutionException(
        "%s is full: its limit is %s. %s".formatted(loop, tasks(), then.formatted(details)));
  }

  private String tasks() {
    int places = limit.get();
    return places == 1 ? "1 task" : places + " tasks";
  }

  /** Gives back a place that was taken. */
  void giveBack() {
    releaseShared(1);
  }

  /** Has {@code starter} start {@code work}, with a place if there is a limit. */
  void start(Runnable work, Consumer<Runnable> starter) {
    if (take()) {
      startInPlace(work, starter);
    } else {
      starter.accept(work);
    }
  }

  /** Has {@code starter} start {@code work}, for which a place has been taken. */
  void startInPlace(Runnable work, Consumer<Runnable> starter) {
    try {
      starter.accept(() -> runInPlace(work));
    } catch (Throwable e) {
      giveBack();
      throw e;
    }
  }

  private void runInPlace(Runnable work) {
    TAKEN.set(this);
    try {
      work.run();
    } finally {
      TAKEN.remove();
      giveBack();
    }
  }

  /** Runs a task that is due, in its thread, as soon as there is a place. */
  void runInTurn(LoopTask<?> due) {
    acquireShared(1);
    if (loop.isShutdown()) {
      giveBack();
      due.cancel(false);
    } else {
      runInPlace(due);
    }
  }

  @Override
  protected int tryAcquireShared(int ignored) {
    while (!hasQueuedPredecessors()) {
      int left = getState() - 1;
      if (left < 0 || compareAndSetState(left + 1, left)) {
        return left;
      }
    }
    return -1;
  }

  @Override
  protected boolean tryReleaseShared(int places) {
    int free;
    do {
      free = getState();
    } while (!compareAndSetState(free, free + places));
    return true;
  }

  /** As reports show what a task waits for. */
  @Override
  public String toString() {
    return "a place on %s, whose limit is %s".formatted(loop, tasks());
  }
}
