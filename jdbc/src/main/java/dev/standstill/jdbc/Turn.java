package dev.standstill.jdbc;

import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to use the physical connection: one unit of work at a time, first come, first
 * served. Any thread may use it.
 *
 * <p>A unit of work may move from thread to thread, so this is no lock of a thread; but it names
 * the thread that used the connection last as its owner, which is what deadlock reports show.
 */
final class Turn extends AbstractQueuedSynchronizer {

  private static final long serialVersionUID = 1L;

  private final String name;
  private final long patienceNanos;

  /** Where the unit began that has the turn; written by whoever has it. */
  private transient volatile @Nullable Throwable begun;

  /** How many calls into the driver the unit that has the turn is in. */
  private final AtomicInteger inDriver = new AtomicInteger();

  private volatile boolean ended;

  /**
   * @param patience how long to wait for a unit whose thread cannot run before that is told a
   *     deadlock
   */
  Turn(String name, Duration patience) {
    this.name = name;
    patienceNanos = TimeUnit.NANOSECONDS.convert(patience);
  }

  /**
   * Waits for the turn.
   *
   * @param begun where the unit of work begins; null if it is a single statement
   * @throws SQLTransactionRollbackException if the wait is a deadlock
   * @throws SQLException if the caller is interrupted, which is how a task is cancelled, or the
   *     scope has ended
   */
  void take(@Nullable Throwable begun) throws SQLException {
    refuseToWaitForOneself();
    try {
      while (!tryAcquireNanos(1, patienceNanos)) {
        refuseDeadlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException(
          "Thread \"%s\" was interrupted while it waited for the connection of %s."
              .formatted(Thread.currentThread().getName(), name),
          "57014",
          e);
    }
    if (ended) {
      release(1);
      throw scopeEnded();
    }
    this.begun = begun;
  }

  void give() {
    begun = null;
    release(1);
  }

  /** Lets all who wait go on, to find that the scope has ended. */
  void end() {
    ended = true;
    release(1);
  }

  /** What messages call the data source. */
  String name() {
    return name;
  }

  boolean hasEnded() {
    return ended;
  }

  SQLException scopeEnded() {
    return new SQLException(
        "The connection belongs to a scope of %s that has ended: open one in the present scope."
            .formatted(name),
        "08003");
  }

  /** The unit that has the turn is now used by the caller. */
  void enterDriver() {
    setExclusiveOwnerThread(Thread.currentThread());
    inDriver.incrementAndGet();
  }

  void leaveDriver() {
    inDriver.decrementAndGet();
  }

  private void refuseToWaitForOneself() throws SQLException {
    if (begun != null && getExclusiveOwnerThread() == Thread.currentThread()) {
      throw deadlock(Thread.currentThread());
    }
  }

  private void refuseDeadlock() throws SQLException {
    Thread owner = getExclusiveOwnerThread();
    if (owner != null && inDriver.get() == 0 && cannotRun(owner)) {
      throw deadlock(owner);
    }
  }

  private static boolean cannotRun(Thread thread) {
    return switch (thread.getState()) {
      case BLOCKED, WAITING, TERMINATED -> true;
      case NEW, RUNNABLE, TIMED_WAITING -> false;
    };
  }

  private SQLException deadlock(Thread owner) {
    String waiter = Thread.currentThread().getName();
    SQLException deadlock =
        new SQLTransactionRollbackException(
            "Deadlock: %s. All share the one connection of %s: commit, roll back or close first, or let both use one Connection."
                .formatted(
                    owner == Thread.currentThread()
                        ? "thread \"%s\" needs the connection for a second unit of work while its first, begun where the cause shows, is open"
                            .formatted(waiter)
                        : "thread \"%s\" waits for the unit of work of thread \"%s\", begun where the cause shows, which %s where the suppressed stack shows"
                            .formatted(
                                waiter,
                                owner.getName(),
                                owner.isAlive() ? "is blocked" : "has ended"),
                    name),
            "40P01",
            begun);
    deadlock.addSuppressed(StackOf.thread(owner));
    return deadlock;
  }

  @Override
  protected boolean tryAcquire(int ignored) {
    if (ended) {
      return true;
    }
    if (hasQueuedPredecessors() || !compareAndSetState(0, 1)) {
      return false;
    }
    setExclusiveOwnerThread(Thread.currentThread());
    return true;
  }

  /**
   * The owner stays until the next takes its turn, so that a loop whose task waits for a thread
   * outside sees at every moment that it does.
   */
  @Override
  protected boolean tryRelease(int ignored) {
    setState(0);
    return true;
  }

  @Override
  protected boolean isHeldExclusively() {
    return getState() == 1;
  }

  @Override
  public String toString() {
    return "the connection of " + name;
  }
}
