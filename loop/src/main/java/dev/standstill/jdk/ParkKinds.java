package dev.standstill.jdk;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.Condition;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a virtual thread waits for by its state and by what it parks on, which is quick to
 * read. {@link ThreadStates} looks at the stack besides, and takes a hundred times as long. Any
 * thread may call.
 */
public final class ParkKinds {

  private record Row(String type, Blocked kind) {}

  /**
   * The classes of what is parked on, or those that enclose them. A condition may be that of a
   * queue, of a barrier or of the program, and a latch that of those who join a thread, so they
   * have no row.
   */
  private static final List<Row> ROWS =
      List.of(
          new Row("java.util.concurrent.locks.Reentrant", Blocked.LOCK),
          new Row("java.util.concurrent.locks.StampedLock", Blocked.LOCK),
          new Row("java.util.concurrent.Semaphore", Blocked.SEMAPHORE),
          new Row("java.util.concurrent.CompletableFuture", Blocked.FUTURE),
          new Row("java.util.concurrent.Phaser", Blocked.BARRIER),
          new Row("java.util.concurrent.Exchanger", Blocked.BARRIER),
          new Row("java.util.concurrent.LinkedTransferQueue", Blocked.QUEUE),
          new Row("java.util.concurrent.SynchronousQueue", Blocked.QUEUE),
          new Row("java.util.concurrent.ForkJoinPool", Blocked.WORK));

  private static final ClassValue<Optional<Blocked>> KINDS =
      new ClassValue<>() {
        @Override
        protected Optional<Blocked> computeValue(Class<?> type) {
          return kindOf(type);
        }
      };

  private ParkKinds() {}

  /**
   * What a thread waits for that does not run; empty if it waits for nothing, or if only its stack
   * tells.
   *
   * @param state that of the thread
   * @param blocker what it parks on, if it parks on anything
   */
  public static Optional<Blocked> of(int state, @Nullable Object blocker) {
    return switch (state) {
      case VirtualThreads.BLOCKED -> Optional.of(Blocked.MONITOR);
      case VirtualThreads.WAIT, VirtualThreads.TIMED_WAIT -> Optional.of(Blocked.MONITOR_WAIT);
      case VirtualThreads.PARKED ->
          blocker == null ? Optional.of(Blocked.PARK) : KINDS.get(blocker.getClass());
      case VirtualThreads.TIMED_PARKED ->
          blocker == null ? Optional.of(Blocked.SLEEP) : KINDS.get(blocker.getClass());
      default -> Optional.empty();
    };
  }

  /** Whether a thread in this state waits for anything. */
  public static boolean waits(int state) {
    return switch (state) {
      case VirtualThreads.BLOCKED,
          VirtualThreads.WAIT,
          VirtualThreads.TIMED_WAIT,
          VirtualThreads.PARKED,
          VirtualThreads.TIMED_PARKED ->
          true;
      default -> false;
    };
  }

  private static Optional<Blocked> kindOf(Class<?> type) {
    if (FutureTask.class.isAssignableFrom(type) || ForkJoinTask.class.isAssignableFrom(type)) {
      return Optional.of(Blocked.FUTURE);
    }
    if (type == Permits.class) {
      return Optional.of(Blocked.SEMAPHORE);
    }
    if (type == SocketWait.class) {
      return Optional.of(Blocked.SOCKET);
    }
    if (type == MonitorWait.class) {
      return Optional.of(Blocked.MONITOR);
    }
    if (Condition.class.isAssignableFrom(type)) {
      return Optional.empty();
    }
    return ROWS.stream()
        .filter(row -> type.getName().startsWith(row.type()))
        .map(Row::kind)
        .findFirst();
  }
}
