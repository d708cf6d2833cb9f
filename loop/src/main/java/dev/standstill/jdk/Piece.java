package dev.standstill.jdk;

/** A piece of the JDK that loops rely on; the table of all that has to be there. */
enum Piece {
  /** {@code VirtualThreadBuilder(Executor)}: makes a virtual thread with a scheduler of ours. */
  BUILDER("java.lang.ThreadBuilders$VirtualThreadBuilder", "<init>(Executor)"),
  /** The scheduler a virtual thread was made with. */
  SCHEDULER("java.lang.VirtualThread", "scheduler"),
  /** What a virtual thread does now; the numbers are in {@link VirtualThreads}. */
  STATE("java.lang.VirtualThread", "state"),
  /** The slice that a scheduler is handed: a lambda that has captured its thread. */
  CONTINUATION("java.lang.VirtualThread", "runContinuation"),
  /** What a virtual thread leaves behind while it does not run. */
  UNMOUNTED("java.lang.VirtualThread", "cont"),
  /** The stack of that; its own class is in a package that is closed, its subclass is not. */
  UNMOUNTED_STACK("java.lang.VirtualThread$VThreadContinuation", "getStackTrace"),
  /** {@code Thread.asyncGetStackTrace()}: the stack of a thread while it runs. */
  RUNNING_STACK("java.lang.Thread", "asyncGetStackTrace"),
  /** {@code Thread.currentCarrierThread()}: the platform thread below a virtual one. */
  CURRENT_CARRIER("java.lang.Thread", "currentCarrierThread"),
  /** The executors that timed parks of threads with a custom scheduler go to. */
  DELAYED_TASK_SCHEDULERS("java.lang.VirtualThread$DelayedTaskSchedulers", "INSTANCE"),
  /** Whether a thread is on the list of the JVM's unblocker. */
  ON_WAITING_LIST("java.lang.VirtualThread", "onWaitingList"),
  /** The latch that {@code Thread.join} on a virtual thread waits for. */
  TERMINATION("java.lang.VirtualThread", "termination"),
  /** The synchronizer inside a {@code CountDownLatch}, which is what its waiters park on. */
  LATCH_SYNC("java.util.concurrent.CountDownLatch", "sync"),
  /** The thread that computes a {@code FutureTask}. */
  FUTURE_RUNNER("java.util.concurrent.FutureTask", "runner"),
  /** The owner of a lock of {@code java.util.concurrent}. */
  LOCK_OWNER("java.util.concurrent.locks.AbstractOwnableSynchronizer", "exclusiveOwnerThread"),
  /** Whether a lock of {@code java.util.concurrent} is held, and how often. */
  LOCK_STATE("java.util.concurrent.locks.AbstractQueuedSynchronizer", "state"),
  /** A thread's stack with the monitors it owns and the object it waits for. */
  SNAPSHOT("jdk.internal.vm.ThreadSnapshot", "of(Thread)"),
  /** What a thread parks on; for a backed thread, its backing. */
  PARK_BLOCKER("java.lang.Thread", "parkBlocker"),
  /** The inheritable thread-locals of a thread. */
  INHERITABLE("java.lang.Thread", "inheritableThreadLocals"),
  /** The scoped values of a thread. */
  SCOPED_VALUES("java.lang.Thread", "scopedValueBindings"),
  /** Whether a thread is interrupted. */
  INTERRUPTED("java.lang.Thread", "interrupted"),
  /** Where a platform thread keeps its status. */
  THREAD_HOLDER("java.lang.Thread", "holder"),
  /** Whether a platform thread was started, and has ended. */
  THREAD_STATUS("java.lang.Thread$FieldHolder", "threadStatus"),
  /** What the JVM calls when a platform thread ends. */
  THREAD_EXIT("java.lang.Thread", "exit"),
  /** What {@code ThreadLocalRandom} spreads the tasks of a carrier with. */
  PROBE("java.lang.Thread", "threadLocalRandomProbe"),
  /** The address of the JVM's own part of a platform thread. */
  NATIVE_THREAD("java.lang.Thread", "eetop"),
  /** The number of a thread. */
  THREAD_ID("java.lang.Thread", "tid"),
  /** Reads and writes memory. */
  UNSAFE("jdk.internal.misc.Unsafe", "getInt(long)"),
  /** The pool that a platform thread was started by, as the JDK groups threads. */
  THREAD_CONTAINER("java.lang.Thread", "container"),
  /** The platform threads of a pool that the JVM has started. */
  CONTAINER_THREADS("jdk.internal.vm.SharedThreadContainer", "threads()"),
  /** What runs the work of a pool. */
  POOL_WORKERS("java.util.concurrent.ThreadPoolExecutor", "workers"),
  /** Guards them. */
  POOL_LOCK("java.util.concurrent.ThreadPoolExecutor", "mainLock"),
  /** The thread of one of them. */
  WORKER_THREAD("java.util.concurrent.ThreadPoolExecutor$Worker", "thread"),
  /** The queues of a fork-join pool. */
  FORK_JOIN_QUEUES("java.util.concurrent.ForkJoinPool", "queues"),
  /** The thread that owns one of them. */
  QUEUE_OWNER("java.util.concurrent.ForkJoinPool$WorkQueue", "owner"),
  /** Whether the initialiser of a class has not run yet. */
  SHOULD_BE_INITIALIZED("jdk.internal.misc.Unsafe", "shouldBeInitialized"),
  /** Asks the operating system what can be done with a file descriptor. */
  NET_POLL("sun.nio.ch.Net", "poll(FileDescriptor, int, long)"),
  /** The event that there is something to read. */
  POLLIN("sun.nio.ch.Net", "POLLIN"),
  /** Makes a file descriptor of its number. */
  FILE_DESCRIPTOR("sun.nio.ch.IOUtil", "newFD(int)"),
  /** What is completed when a process ends, by the number of the process. */
  PROCESS_ENDS("java.lang.ProcessHandleImpl", "completions"),
  /** The first of those that wait for a {@code CompletableFuture}, futures and threads. */
  DEPENDENTS("java.util.concurrent.CompletableFuture", "stack"),
  /** The next of them. */
  NEXT_DEPENDENT("java.util.concurrent.CompletableFuture$Completion", "next"),
  /** The future that one of them completes. */
  DEPENDENT_FUTURE("java.util.concurrent.CompletableFuture$UniCompletion", "dep"),
  /** What stands in the list of a second future for the one that waits for both. */
  DEPENDENT_PROXY("java.util.concurrent.CompletableFuture$CoCompletion", "base"),
  /** The future that one of them completes with any of several results. */
  DEPENDENT_ON_ANY("java.util.concurrent.CompletableFuture$AnyOf", "dep"),
  /** Makes a common pool. */
  COMMON_POOL("java.util.concurrent.ForkJoinPool", "<init>(byte)"),
  /** How many workers it has. */
  COMMON_PARALLELISM("java.util.concurrent.ForkJoinPool", "parallelism");

  private final String className;
  private final String member;

  Piece(String className, String member) {
    this.className = className;
    this.member = member;
  }

  String className() {
    return className;
  }

  String member() {
    return member;
  }
}
