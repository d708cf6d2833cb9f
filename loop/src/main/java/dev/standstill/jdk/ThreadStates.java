package dev.standstill.jdk;

import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.AbstractQueuedSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells what a virtual thread that does not run is blocked on. Any thread may call, while the
 * virtual thread is not running.
 *
 * <p>The decision is the table {@link #ROWS}: of the JDK's frames above the program's own first
 * one, the outermost that has a row names the kind, so that {@code queue.take()} is a queue
 * although it parks in a condition.
 */
public final class ThreadStates {

  private record Row(String classPrefix, String method, Blocked kind) {
    boolean matches(StackTraceElement frame) {
      return frame.getClassName().startsWith(classPrefix)
          && (method.isEmpty() || frame.getMethodName().startsWith(method));
    }
  }

  private static final List<Row> ROWS =
      List.of(
          new Row("java.lang.Thread", "sleep", Blocked.SLEEP),
          new Row("java.lang.Thread", "join", Blocked.JOIN),
          new Row("java.lang.Object", "wait", Blocked.MONITOR_WAIT),
          new Row("java.util.concurrent.locks.AbstractQueued", "await", Blocked.CONDITION),
          new Row(
              "java.util.concurrent.locks.AbstractQueued", "acquireInterruptibly", Blocked.LOCK),
          new Row("java.util.concurrent.locks.Reentrant", "", Blocked.LOCK),
          new Row("java.util.concurrent.locks.StampedLock", "", Blocked.LOCK),
          new Row("java.util.concurrent.CountDownLatch", "", Blocked.LATCH),
          new Row("java.util.concurrent.CyclicBarrier", "", Blocked.BARRIER),
          new Row("java.util.concurrent.Phaser", "", Blocked.BARRIER),
          new Row("java.util.concurrent.Exchanger", "", Blocked.BARRIER),
          new Row("java.util.concurrent.Semaphore", "", Blocked.SEMAPHORE),
          new Row("java.util.concurrent.FutureTask", "get", Blocked.FUTURE),
          new Row("java.util.concurrent.CompletableFuture", "get", Blocked.FUTURE),
          new Row("java.util.concurrent.CompletableFuture", "join", Blocked.FUTURE),
          new Row("java.util.concurrent.ForkJoinTask", "get", Blocked.FUTURE),
          new Row("java.util.concurrent.ForkJoinTask", "join", Blocked.FUTURE),
          new Row("java.util.concurrent.ArrayBlockingQueue", "", Blocked.QUEUE),
          new Row("java.util.concurrent.Linked", "", Blocked.QUEUE),
          new Row("java.util.concurrent.PriorityBlockingQueue", "", Blocked.QUEUE),
          new Row("java.util.concurrent.DelayQueue", "", Blocked.QUEUE),
          new Row("java.util.concurrent.SynchronousQueue", "", Blocked.QUEUE),
          new Row("java.util.concurrent.ScheduledThreadPoolExecutor$", "", Blocked.QUEUE),
          new Row("java.util.concurrent.ThreadPoolExecutor", "getTask", Blocked.WORK),
          new Row("java.util.concurrent.ForkJoinPool", "awaitWork", Blocked.WORK),
          new Row("java.util.concurrent.DelayScheduler", "loop", Blocked.WORK),
          new Row("java.util.TimerThread", "mainLoop", Blocked.WORK),
          new Row("sun.nio.ch.Poller", "", Blocked.SOCKET));

  /**
   * Waits in well-known libraries, above all of idle threads of their pools: of the innermost
   * frames that are not the JDK's, one has a row. What lies below them, in a queue of theirs, is a
   * wait as any other.
   */
  private static final List<Row> LIBRARIES =
      List.of(
          new Row("kotlinx.coroutines.scheduling.CoroutineScheduler$Worker", "park", Blocked.WORK),
          new Row(
              "kotlinx.coroutines.scheduling.CoroutineScheduler$Worker", "tryPark", Blocked.WORK),
          new Row("io.netty.util.concurrent.SingleThreadEventExecutor", "takeTask", Blocked.WORK),
          new Row("io.netty.util.concurrent.GlobalEventExecutor", "takeTask", Blocked.WORK),
          new Row("org.apache.tomcat.util.threads.ThreadPoolExecutor", "getTask", Blocked.WORK),
          new Row("org.eclipse.jetty.util.thread.QueuedThreadPool", "idleJobPoll", Blocked.WORK),
          new Row("okio.AsyncTimeout", "awaitTimeout", Blocked.WORK),
          new Row("com.zaxxer.hikari.util.UtilityElf", "quietlySleep", Blocked.WORK),
          new Row("com.softwaremill.jox.", "", Blocked.QUEUE));

  private static final int LIBRARY_FRAMES = 4;

  private static final int OWNED = (1 << 16) - 1;
  private static final List<Class<?>> LOCKS =
      List.of(ReentrantLock.class, ReentrantReadWriteLock.class);

  private static final VarHandle UNBLOCKING = AgentHooks.unblocking();

  private static final Inspection JDK = Inspection.resolve(piece -> true);

  private ThreadStates() {}

  /**
   * Whether the JVM has chosen {@code thread} to get a monitor but not yet handed it to its
   * scheduler. The state is read again because all can have happened since it was read first.
   */
  public static boolean handOverInFlight(Thread thread) {
    return switch (VirtualThreads.state(thread)) {
      case VirtualThreads.BLOCKED ->
          isBeingUnblocked(thread) || VirtualThreads.state(thread) != VirtualThreads.BLOCKED;
      case VirtualThreads.UNBLOCKED -> true;
      default -> false;
    };
  }

  /**
   * Whether the JVM's unblocker thread has still something to do to {@code thread}, which may be
   * ready without it.
   *
   * <p>Read from {@code VirtualThread} and HotSpot's {@code ObjectMonitor}, JDK 25: the thread that
   * leaves a monitor puts its heir on the unblocker's list ({@code onWaitingList}); the unblocker
   * takes it off, grants {@code blockPermit} and, if it is blocked, submits it. The agent lets the
   * unblocker say whom it is at before it takes that thread off its list, and until it is done.
   */
  public static boolean isBeingUnblocked(Thread thread) {
    return (boolean) JDK.onWaitingList().getVolatile(thread)
        || (Thread) UNBLOCKING.getVolatile() == thread;
  }

  /**
   * Looks into {@code thread}; null if it has ended.
   *
   * @param waitsIn the monitor in which it waits, if it is inside {@code Object.wait}; null if not
   *     known
   */
  public static @Nullable BlockedThread inspect(Thread thread, @Nullable Object waitsIn) {
    try {
      return look(thread, waitsIn);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new LinkageError("jdk.internal.vm.ThreadSnapshot failed", e);
    }
  }

  /**
   * The thread that owns what {@code thread} has parked on, or computes it; null if none is known.
   */
  public static @Nullable Thread ownerOfBlocker(Thread thread) {
    try {
      return owner(LockSupport.getBlocker(thread));
    } catch (Throwable e) {
      throw new LinkageError("The owner of what " + thread + " waits for cannot be read", e);
    }
  }

  /**
   * Whether {@code thread} parks on a lock that had no owner just now because it is being released:
   * then it is about to be woken. A lock that is held for reading has no owner either.
   *
   * <p>Read from {@code ReentrantLock} and {@code ReentrantReadWriteLock}, JDK 25: who releases one
   * clears the owner first, then the state, whose lower half counts what the owner holds and which
   * is 0 when the lock is free, and unparks the next in line at last.
   */
  public static boolean parksOnReleasedLock(Thread thread) {
    Object blocker = LockSupport.getBlocker(thread);
    if (!(blocker instanceof AbstractQueuedSynchronizer)
        || !(blocker.getClass().getEnclosingClass() instanceof Class<?> lock)
        || !LOCKS.contains(lock)) {
      return false;
    }
    int state = (int) JDK.lockState().getVolatile(blocker);
    return state == 0 || (state & OWNED) != 0;
  }

  /** What those park on who join {@code thread}; null for a platform thread, or if nobody does. */
  public static @Nullable Object blockerOfJoins(Thread thread) {
    if (!thread.isVirtual()) {
      return null;
    }
    try {
      CountDownLatch termination = (CountDownLatch) JDK.termination().invokeExact(thread);
      return termination == null
          ? null
          : (Object) JDK.latchSync().invokeExact((Object) termination);
    } catch (Throwable e) {
      throw new LinkageError("VirtualThread.termination cannot be read", e);
    }
  }

  private static @Nullable BlockedThread look(Thread thread, @Nullable Object waitsIn)
      throws Throwable {
    Object snapshot = (Object) JDK.snapshot().invokeExact(thread);
    if (snapshot == null || !thread.isAlive()) {
      return null;
    }
    List<StackTraceElement> stack =
        List.of((StackTraceElement[]) JDK.snapshotStack().invokeExact(snapshot));
    Thread.State state = (Thread.State) JDK.snapshotState().invokeExact(snapshot);
    List<Object> listed = monitors(snapshot, stack.size());
    Object object = blocker(snapshot, state);
    if (object instanceof MonitorWait wait) {
      return new BlockedThread(
          Blocked.MONITOR,
          wait.monitor(),
          null,
          MonitorWait.withoutWaiting(stack),
          without(listed, wait.monitor()));
    }
    if (object instanceof SocketWait) {
      return new BlockedThread(
          Blocked.SOCKET, object, null, SocketWait.withoutWaiting(stack), listed);
    }
    if (object == null && waits(stack) && !listed.isEmpty()) {
      object = waitsIn == null ? listed.getFirst() : waitsIn;
    }
    Blocked kind = object instanceof Permits ? Blocked.SEMAPHORE : kind(state, stack);
    return new BlockedThread(kind, object, owner(object), stack, without(listed, object));
  }

  /** Asks the snapshot for all, as the thread itself may be notified or unparked meanwhile. */
  private static @Nullable Object blocker(Object snapshot, Thread.State state) throws Throwable {
    return switch (state) {
      case BLOCKED -> (Object) JDK.snapshotBlockedOn().invokeExact(snapshot);
      case WAITING, TIMED_WAITING -> {
        Object waitingOn = (Object) JDK.snapshotWaitingOn().invokeExact(snapshot);
        yield waitingOn == null
            ? (Object) JDK.snapshotParkBlocker().invokeExact(snapshot)
            : waitingOn;
      }
      default -> null;
    };
  }

  /**
   * Whether the thread is inside {@code Object.wait}. Once that is compiled, the JVM no longer
   * tells in which monitor; it is taken to be the innermost if nobody has told.
   */
  private static boolean waits(List<StackTraceElement> stack) {
    return !stack.isEmpty()
        && stack.getFirst().getClassName().equals("java.lang.Object")
        && stack.getFirst().getMethodName().startsWith("wait");
  }

  private static Blocked kind(Thread.State state, List<StackTraceElement> stack) {
    if (state == Thread.State.BLOCKED) {
      return Blocked.MONITOR;
    }
    Blocked kind = Blocked.PARK;
    int depth = 0;
    for (StackTraceElement frame : stack) {
      if (!"java.base".equals(frame.getModuleName())) {
        return inLibrary(stack.subList(depth, stack.size()), kind);
      }
      depth++;
      for (Row row : ROWS) {
        if (row.matches(frame)) {
          kind = row.kind();
        }
      }
    }
    return kind;
  }

  private static Blocked inLibrary(List<StackTraceElement> frames, Blocked kind) {
    return frames.stream()
        .limit(LIBRARY_FRAMES)
        .flatMap(frame -> LIBRARIES.stream().filter(row -> row.matches(frame)))
        .map(Row::kind)
        .findFirst()
        .orElse(kind);
  }

  private static @Nullable Thread owner(@Nullable Object object) throws Throwable {
    Thread owner =
        switch (object) {
          case AbstractOwnableSynchronizer lock ->
              (Thread) (Object) JDK.lockOwner().invokeExact((Object) lock);
          case FutureTask<?> future ->
              (Thread) (Object) JDK.futureRunner().invokeExact((Object) future);
          case Thread joined -> joined;
          case null, default -> null;
        };
    return owner == null ? null : BackedThread.virtual(owner);
  }

  /** The monitors that the thread's frames have entered, those of the innermost frame first. */
  private static List<Object> monitors(Object snapshot, int depth) {
    return IntStream.range(0, depth)
        .mapToObj(at -> ownedAt(snapshot, at))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * The JVM lists a monitor as owned by every frame that entered it, even while its thread waits in
   * it or for it.
   */
  private static List<Object> without(List<Object> monitors, @Nullable Object notOwned) {
    return monitors.stream().filter(monitor -> monitor != notOwned).toList();
  }

  private static List<Object> ownedAt(Object snapshot, int depth) {
    try {
      Stream<?> owned = (Stream<?>) (Stream) JDK.snapshotOwnedMonitors().invoke(snapshot, depth);
      return owned.filter(monitor -> monitor != null).map(Object.class::cast).toList();
    } catch (Throwable e) {
      throw new LinkageError("jdk.internal.vm.ThreadSnapshot failed", e);
    }
  }
}
