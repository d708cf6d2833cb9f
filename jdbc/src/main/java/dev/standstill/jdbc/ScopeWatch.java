package dev.standstill.jdbc;

import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks after one scope from a thread of its own, in real time: cancels the statement of a thread
 * that is interrupted, and ends waits that would have no end.
 *
 * <p>{@link #executing} and {@link #executed} are for who has the turn.
 */
final class ScopeWatch implements Runnable {

  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int LOOKS_AT_LEAST = 10;

  private final ConnectionTurn turn;
  private volatile @Nullable Execution execution;
  private volatile @Nullable Thread watcher;

  // The watcher's.
  private @Nullable HolderLook seen;
  private long seenFirst;

  ScopeWatch(ConnectionTurn turn) {
    this.turn = turn;
  }

  /** Watches until the scope has ended. */
  @Override
  public void run() {
    watcher = Thread.currentThread();
    while (!turn.hasEnded()) {
      cancelIfInterrupted();
      refuseIfStuck();
      LockSupport.parkNanos(this, Math.min(LOOK_EVERY_NANOS, limitNanos() / LOOKS_AT_LEAST + 1));
    }
  }

  /** How long the holder of the connection may stand still while the first in the queue waits. */
  private long limitNanos() {
    Duration limit = turn.limitOfFirst();
    return limit == null ? Long.MAX_VALUE : TimeUnit.NANOSECONDS.convert(limit);
  }

  /** Lets it look now. */
  void wake() {
    LockSupport.unpark(watcher);
  }

  /** The caller executes {@code statement} from now on, until {@link #executed}. */
  Execution executing(Statement statement) {
    Execution now = new Execution(statement, this::wake);
    execution = now;
    return now;
  }

  /** Nothing is executed any more. */
  void executed() {
    execution = null;
  }

  /** Cancels what is being executed. */
  void cancel() {
    Execution now = execution;
    if (now != null) {
      now.cancel();
    }
  }

  /** Again and again, because a driver ignores a cancellation that comes too early. */
  private void cancelIfInterrupted() {
    Execution now = execution;
    if (now != null && now.isInterrupted()) {
      now.cancel();
    }
  }

  private void refuseIfStuck() {
    HolderLook look = turn.look();
    if (look == null || !look.equals(seen)) {
      seen = look;
      seenFirst = System.nanoTime();
    } else if (System.nanoTime() - seenFirst >= limitNanos()) {
      turn.refuseFirst();
    }
  }
}
