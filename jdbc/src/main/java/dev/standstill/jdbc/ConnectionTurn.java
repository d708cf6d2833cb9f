package dev.standstill.jdbc;

import dev.standstill.EventLoop;
import java.sql.SQLException;
import java.sql.SQLTransactionRollbackException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to use the physical connection: one unit of work at a time, first come, first
 * served. Any thread may use it.
 *
 * <p>A unit of work may move from thread to thread, so this is no lock of a thread; but it names
 * the thread that used the connection last as its owner, which is what deadlock reports show.
 *
 * <p>Nobody waits with a limit, which would cost the place in the queue. When a task in virtual
 * time waits for ever, its loop stands still and says so, with the stacks of both. For all others a
 * {@link ScopeWatch} looks whether the owner can go on, and else refuses the first in the queue.
 */
final class ConnectionTurn extends AbstractQueuedSynchronizer {

  private static final long serialVersionUID = 1L;

  /** What {@link #release} is given by those who leave the queue without the turn. */
  private static final int NOTHING = 0;

  private final String name;
  private final Duration deadlockLimit;

  /** Where the unit began that has the turn; written by whoever has it. */
  private transient volatile @Nullable Throwable begun;

  /** The loop of the owner, if it is a task; written by whoever has the turn. */
  private transient volatile @Nullable EventLoop loopOfOwner;

  /** Calls into the driver that were begun, and those that have ended. */
  private final AtomicLong entered = new AtomicLong();

  private final AtomicLong left = new AtomicLong();

  /** Who waits in real time. */
  private final transient Map<Thread, Wait> waits = new ConcurrentHashMap<>();

  private volatile boolean ended;

  /** One wait in real time. */
  private static final class Wait {
    /** Set by the watch. */
    private volatile boolean refused;

    /** Set by the thread that waits, when it has seen that. */
    private boolean over;
  }

  /**
   * @param name what messages call the data source
   * @param deadlockLimit how long the owner must not have moved before the {@link ScopeWatch} calls
   *     that a deadlock
   */
  ConnectionTurn(String name, Duration deadlockLimit) {
    this.name = name;
    this.deadlockLimit = deadlockLimit;
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
    refuseInterrupted();
    try {
      if (!tryAcquire(1)) {
        await();
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    if (ended) {
      release(1);
      throw scopeEnded();
    }
    this.begun = begun;
  }

  private void await() throws InterruptedException, SQLException {
    if (EventLoop.running().filter(EventLoop::hasVirtualTime).isPresent()) {
      acquireInterruptibly(1);
      return;
    }
    Wait wait = new Wait();
    waits.put(Thread.currentThread(), wait);
    try {
      acquireInterruptibly(1);
    } finally {
      waits.remove(Thread.currentThread());
    }
    if (wait.over) {
      release(NOTHING);
      throw deadlock(Objects.requireNonNull(getExclusiveOwnerThread()));
    }
  }

  /** Lets nobody begin to execute anything who is cancelled already. */
  void refuseInterrupted() throws SQLException {
    if (Thread.interrupted()) {
      throw interrupted(new InterruptedException());
    }
  }

  private SQLException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new SQLException(
        "Thread \"%s\" was interrupted before it could use the connection of %s."
            .formatted(Thread.currentThread().getName(), name),
        "57014",
        cause);
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
    loopOfOwner = EventLoop.running().orElse(null);
    entered.incrementAndGet();
  }

  void leaveDriver() {
    left.incrementAndGet();
  }

  private void refuseToWaitForOneself() throws SQLException {
    if (begun != null && getExclusiveOwnerThread() == Thread.currentThread()) {
      throw deadlock(Thread.currentThread());
    }
  }

  /**
   * How the owner stands still while somebody waits for it in real time; null if it can go on by
   * itself, or nobody does.
   */
  @Nullable HolderLook look() {
    Thread first = getFirstQueuedThread();
    Thread owner = getExclusiveOwnerThread();
    long calls = entered.get();
    return first != null && owner != null && waits.containsKey(first) && calls == left.get()
        ? HolderLook.at(owner, calls, isInVirtualTime(loopOfOwner))
        : null;
  }

  /** Lets the first in the queue, if it waits in real time, throw that the wait is a deadlock. */
  void refuseFirst() {
    Thread first = getFirstQueuedThread();
    Wait wait = first == null ? null : waits.get(first);
    if (wait != null) {
      wait.refused = true;
      LockSupport.unpark(first);
    }
  }

  private static boolean isInVirtualTime(@Nullable EventLoop loop) {
    return loop != null && loop.hasVirtualTime();
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
                        : "thread \"%s\" waits for the unit of work of thread \"%s\", begun where the cause shows, which %s"
                            .formatted(waiter, owner.getName(), whyItIsStuck(owner)),
                    name),
            "40P01",
            begun);
    deadlock.addSuppressed(StackOf.thread(owner));
    return deadlock;
  }

  private String whyItIsStuck(Thread owner) {
    if (!owner.isAlive()) {
      return "has ended";
    }
    EventLoop loop = loopOfOwner;
    return "has been blocked for %s where the suppressed stack shows%s"
        .formatted(
            deadlockLimit,
            isInVirtualTime(loop) ? ", and goes on only when somebody drives " + loop : "");
  }

  /** Also true for those who wait no longer although it is not their turn; they throw. */
  @Override
  protected boolean tryAcquire(int ignored) {
    if (ended || isRefused()) {
      return true;
    }
    if (hasQueuedPredecessors() || !compareAndSetState(0, 1)) {
      return false;
    }
    setExclusiveOwnerThread(Thread.currentThread());
    return true;
  }

  private boolean isRefused() {
    Wait wait = waits.isEmpty() ? null : waits.get(Thread.currentThread());
    if (wait != null && wait.refused) {
      wait.over = true;
    }
    return wait != null && wait.over;
  }

  /**
   * Lets the next in the queue try, also if {@link #NOTHING} is released.
   *
   * <p>A loop whose task waits for a thread outside has to see at every moment that it does: a
   * thread that waits in real time is the owner as soon as it is the next. A task in virtual time
   * becomes the owner when it takes its turn, since until it is woken it waits for who gives it.
   */
  @Override
  protected boolean tryRelease(int released) {
    if (released != NOTHING) {
      Thread next = getFirstQueuedThread();
      if (next != null && waits.containsKey(next)) {
        setExclusiveOwnerThread(next);
      }
      setState(0);
    }
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
