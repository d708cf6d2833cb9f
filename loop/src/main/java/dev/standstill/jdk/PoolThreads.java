package dev.standstill.jdk;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The threads of pools. Any thread may call. A record for the reason given at {@link Internals}.
 *
 * @param container {@code (Thread) -> Object}, the JDK's record of who has started a thread
 * @param containerType what such a record is for a pool
 * @param containerThreads {@code (Object) -> Stream}, those of its threads that the JVM runs
 * @param workers {@code (ThreadPoolExecutor) -> Set}, guarded by the pool's lock
 * @param lock {@code (ThreadPoolExecutor) -> ReentrantLock}
 * @param workerThread {@code (Object) -> Thread}
 * @param task {@code (Object) -> Object}, what a thread runs, given what it keeps its status in
 * @param workerType what a thread of a {@code ThreadPoolExecutor} runs
 * @param firstWork {@code (Object) -> Object}, of a worker, null if it takes all from the queue
 * @param workerPool {@code (Object) -> Object}, of a worker
 * @param queues {@code (ForkJoinPool) -> Object[]}, some of which are null
 * @param queueOwner {@code (Object) -> Thread}, null for a queue that all share
 */
record PoolThreads(
    MethodHandle container,
    Class<?> containerType,
    MethodHandle containerThreads,
    MethodHandle workers,
    MethodHandle lock,
    MethodHandle workerThread,
    MethodHandle task,
    Class<?> workerType,
    MethodHandle firstWork,
    MethodHandle workerPool,
    MethodHandle queues,
    MethodHandle queueOwner) {

  private static final PoolThreads JDK = resolve(piece -> true);

  /** Looks everything up; {@code present} is described at {@link JdkLookup}. */
  static PoolThreads resolve(Predicate<Piece> present) {
    JdkLookup jdk = new JdkLookup(present);
    return new PoolThreads(
        jdk.getter(Piece.THREAD_CONTAINER)
            .asType(MethodType.methodType(Object.class, Thread.class)),
        jdk.find(Piece.CONTAINER_THREADS, (lookup, owner) -> owner),
        jdk.find(Piece.CONTAINER_THREADS, PoolThreads::threads),
        jdk.getter(Piece.POOL_WORKERS)
            .asType(MethodType.methodType(Set.class, ThreadPoolExecutor.class)),
        jdk.getter(Piece.POOL_LOCK)
            .asType(MethodType.methodType(ReentrantLock.class, ThreadPoolExecutor.class)),
        jdk.getter(Piece.WORKER_THREAD).asType(MethodType.methodType(Thread.class, Object.class)),
        jdk.getter(Piece.THREAD_TASK).asType(MethodType.genericMethodType(1)),
        jdk.find(Piece.FIRST_WORK, (lookup, owner) -> owner),
        jdk.getter(Piece.FIRST_WORK).asType(MethodType.genericMethodType(1)),
        jdk.getter(Piece.WORKER_POOL).asType(MethodType.genericMethodType(1)),
        jdk.getter(Piece.FORK_JOIN_QUEUES)
            .asType(MethodType.methodType(Object[].class, ForkJoinPool.class)),
        jdk.getter(Piece.QUEUE_OWNER).asType(MethodType.methodType(Thread.class, Object.class)));
  }

  private static MethodHandle threads(MethodHandles.Lookup lookup, Class<?> owner)
      throws ReflectiveOperationException {
    return lookup
        .findVirtual(owner, "threads", MethodType.methodType(Stream.class))
        .asType(MethodType.methodType(Stream.class, Object.class));
  }

  /** Whether {@code thread} is to be started for a pool of which the JVM runs threads already. */
  static boolean joinOthers(Thread thread) {
    try {
      Object container = (Object) JDK.container.invokeExact(thread);
      if (!JDK.containerType.isInstance(container)) {
        return false;
      }
      Stream<?> threads = (Stream<?>) (Stream) JDK.containerThreads.invokeExact(container);
      return threads.findAny().isPresent();
    } catch (Throwable e) {
      throw new LinkageError("The threads of a pool cannot be read", e);
    }
  }

  /** What a pool has given to one of its threads to run first. */
  record FirstWork(Object pool, Object work) {}

  /** What {@code thread}, which is about to start, runs first for its pool; null if nothing. */
  static @Nullable FirstWork firstWorkOf(Thread thread) {
    try {
      Object worker = (Object) JDK.task.invokeExact(ThreadFields.holder(thread));
      if (!JDK.workerType.isInstance(worker)) {
        return null;
      }
      Object work = (Object) JDK.firstWork.invokeExact(worker);
      return work == null ? null : new FirstWork((Object) JDK.workerPool.invokeExact(worker), work);
    } catch (Throwable e) {
      throw new LinkageError("What " + thread + " runs first cannot be read", e);
    }
  }

  /** The pool whose worker {@code thread} is, as programs see it; null if it is none. */
  static @Nullable Object poolOf(Thread thread) {
    if (thread.isVirtual()) {
      return null;
    }
    if (thread instanceof ForkJoinWorkerThread worker) {
      return worker.getPool();
    }
    try {
      Object worker = (Object) JDK.task.invokeExact(ThreadFields.holder(thread));
      return JDK.workerType.isInstance(worker) ? (Object) JDK.workerPool.invokeExact(worker) : null;
    } catch (Throwable e) {
      throw new LinkageError("The pool of " + thread + " cannot be read", e);
    }
  }

  /** The threads of {@code pool} now, each as programs see it; none for an unknown kind of pool. */
  static List<Thread> of(Object pool) {
    try {
      return switch (pool) {
        case ThreadPoolExecutor executor -> {
          ReentrantLock lock = (ReentrantLock) JDK.lock.invokeExact(executor);
          lock.lock();
          yield ofLocked(executor, lock);
        }
        case ForkJoinPool forkJoin -> ofQueues((Object[]) JDK.queues.invokeExact(forkJoin));
        default -> List.of();
      };
    } catch (Throwable e) {
      throw new LinkageError("The threads of " + pool + " cannot be read", e);
    }
  }

  /**
   * The same for a driver while no task runs, who must not wait for a lock; none if that of the
   * pool is held.
   */
  static List<Thread> ofStopped(Object pool) {
    if (!(pool instanceof ThreadPoolExecutor executor)) {
      return of(pool);
    }
    try {
      ReentrantLock lock = (ReentrantLock) JDK.lock.invokeExact(executor);
      return lock.tryLock() ? ofLocked(executor, lock) : List.of();
    } catch (Throwable e) {
      throw new LinkageError("The threads of " + pool + " cannot be read", e);
    }
  }

  private static List<Thread> ofLocked(ThreadPoolExecutor executor, ReentrantLock lock)
      throws Throwable {
    try {
      return ofWorkers((Set<?>) (Set) JDK.workers.invokeExact(executor));
    } finally {
      lock.unlock();
    }
  }

  private static List<Thread> ofWorkers(Set<?> workers) throws Throwable {
    List<Thread> threads = new ArrayList<>(workers.size());
    for (Object worker : workers) {
      threads.add((Thread) JDK.workerThread.invokeExact(worker));
    }
    return threads;
  }

  private static List<Thread> ofQueues(Object @Nullable [] queues) throws Throwable {
    List<Thread> threads = new ArrayList<>();
    for (Object queue : queues == null ? new Object[0] : queues) {
      Thread owner = queue == null ? null : (Thread) JDK.queueOwner.invokeExact(queue);
      if (owner != null) {
        threads.add(owner);
      }
    }
    return threads;
  }
}
