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

  /** Longer than computing takes between two statements. */
  private static final Duration LONG_IDLE = Duration.ofMillis(100);

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private final String name;

  /** Where the unit began that has the turn; written by whoever has it. */
  private transient volatile @Nullable Throwable begun;

  /** The loop of the owner, if it is a task; written by whoever has the turn. */
  private transient volatile @Nullable EventLoop loopOfOwner;

  /** When the owner left the driver, by its own clock; written by whoever has the turn. */
  private transient volatile long idleSince;

  /** Calls into the driver that were begun, and those that have ended. */
  private final AtomicLong entered = new AtomicLong();

  private final AtomicLong left = new AtomicLong();

  /** Who waits in real time. */
  private final transient Map<Thread, Wait> waits = new ConcurrentHashMap<>();

  private volatile boolean ended;

  /** One wait in real time. */
  private static final class Wait {
    private final Duration limit;

    /** Set by the watch. */
    private volatile boolean refused;

    /** Set by the thread that waits, when it has seen that. */
    private boolean over;

    Wait(Duration limit) {
      this.limit = limit;
    }
  }

  /**
   * @param name what messages call the data source
   */
  ConnectionTurn(String name) {
    this.name = name;
  }

  /**
   * Waits for the turn.
   *
   * @param begun where the unit of work begins; null if it is a single statement
   * @param limit how long the owner must not have moved before the {@link ScopeWatch} calls that a
   *     deadlock
   * @throws SQLTransactionRollbackException if the wait is a deadlock
   * @throws SQLException if the caller is interrupted, which is how a task is cancelled, or the
   *     scope has ended
   */
  void take(@Nullable Throwable begun, Duration limit) throws SQLException {
    refuseToWaitForOneself();
    refuseInterrupted();
    try {
      if (!tryAcquire(1)) {
        await(limit);
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

  private void await(Duration limit) throws InterruptedException, SQLException {
    if (EventLoop.running().filter(EventLoop::hasVirtualTime).isPresent()) {
      acquireInterruptibly(1);
      return;
    }
    Wait wait = new Wait(limit);
    waits.put(Thread.currentThread(), wait);
    try {
      acquireInterruptibly(1);
    } finally {
      waits.remove(Thread.currentThread());
    }
    if (wait.over) {
      release(NOTHING);
      throw deadlock(Objects.requireNonNull(getExclusiveOwnerThread()), limit);
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
    idleSince = System.nanoTime();
    left.incrementAndGet();
  }

  /**
   * Tells that the unit of the caller, which is about to be rolled back, was idle while somebody
   * waited for its turn: a wait for that thread, with a limit, could end in no other way.
   */
  void tellWhoWaitedInVain(Throwable begun) {
    Thread first = getFirstQueuedThread();
    Duration idle = Duration.ofNanos(System.nanoTime() - idleSince);
    if (first == null || idle.compareTo(LONG_IDLE) < 0) {
      return;
    }
    StackOf waits = StackOf.thread(first);
    waits.addSuppressed(begun);
    LOG.log(
        System.Logger.Level.WARNING,
        "Thread \"%s\" did not use its unit of work of %s for %s, then rolled it back; begun where the suppressed stack shows. All the while thread \"%s\" waited for the connection that the unit has, where the stack shows. If the first waited for the second, with a time limit, only the limit could end that: in a scope all share one connection. Commit first, or let both use one Connection."
            .formatted(Thread.currentThread().getName(), name, idle, first.getName()),
        waits);
  }

  /** Whether the unit that has the turn is the caller's. */
  boolean isOfCaller() {
    return begun != null && getExclusiveOwnerThread() == Thread.currentThread();
  }

  private void refuseToWaitForOneself() throws SQLException {
    if (isOfCaller()) {
      throw deadlock(Thread.currentThread(), Duration.ZERO);
    }
  }

  /** The limit of the first in the queue, if it waits in real time. */
  @Nullable Duration limitOfFirst() {
    Thread first = getFirstQueuedThread();
    Wait wait = first == null ? null : waits.get(first);
    return wait == null ? null : wait.limit;
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

  private SQLException deadlock(Thread owner, Duration limit) {
    String waiter = Thread.currentThread().getName();
    SQLException deadlock =
        new SQLTransactionRollbackException(
            "Deadlock: %s. All share the one connection of %s: commit, roll back or close first, or let both use one Connection%s."
                .formatted(
                    owner == Thread.currentThread()
                        ? "thread \"%s\" needs the connection for a second unit of work while its first, begun where the cause shows, is open"
                            .formatted(waiter)
                        : "thread \"%s\" waits for the unit of work of thread \"%s\", begun where the cause shows, which %s"
                            .formatted(waiter, owner.getName(), whyItIsStuck(owner, limit)),
                    name,
                    owner == Thread.currentThread()
                        ? "; or nest the second in the first, with nestedUnits() of the data source"
                        : ""),
            "40P01",
            begun);
    deadlock.addSuppressed(StackOf.thread(owner));
    return deadlock;
  }

  private String whyItIsStuck(Thread owner, Duration limit) {
    if (!owner.isAlive()) {
      return "has ended";
    }
    EventLoop loop = loopOfOwner;
    return "has been blocked for %s where the suppressed stack shows%s"
        .formatted(
            limit, isInVirtualTime(loop) ? ", and goes on only when somebody drives " + loop : "");
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
