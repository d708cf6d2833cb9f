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
  /** Whether the next {@code park} of a virtual thread returns at once. */
  PARK_PERMIT("java.lang.VirtualThread", "parkPermit"),
  /** The scopes of structured concurrency that a thread has opened and not closed. */
  OPEN_SCOPES("java.lang.Thread", "headStackableScopes"),
  /** The inheritable thread-locals of a thread. */
  INHERITABLE("java.lang.Thread", "inheritableThreadLocals"),
  /** How many thread-locals there are. */
  LOCALS_SIZE("java.lang.ThreadLocal$ThreadLocalMap", "size"),
  /** The scoped values of a thread. */
  SCOPED_VALUES("java.lang.Thread", "scopedValueBindings"),
  /** The scoped values that are bound in the calling thread. */
  CURRENT_SCOPED_VALUES("java.lang.ScopedValue", "scopedValueBindings"),
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
  /** Forgets a thread that it has kept. */
  CONTAINER_REMOVE("jdk.internal.vm.ThreadContainer", "remove(Thread)"),
  /** The platform threads of a pool that the JVM has started. */
  CONTAINER_THREADS("jdk.internal.vm.SharedThreadContainer", "threads()"),
  /** What runs the work of a pool. */
  POOL_WORKERS("java.util.concurrent.ThreadPoolExecutor", "workers"),
  /** Guards them. */
  POOL_LOCK("java.util.concurrent.ThreadPoolExecutor", "mainLock"),
  /** The thread of one of them. */
  WORKER_THREAD("java.util.concurrent.ThreadPoolExecutor$Worker", "thread"),
  /** What such a thread runs first. */
  FIRST_WORK("java.util.concurrent.ThreadPoolExecutor$Worker", "firstTask"),
  /** The pool that it is of. */
  WORKER_POOL("java.util.concurrent.ThreadPoolExecutor$Worker", "this$0"),
  /** What a platform thread runs. */
  THREAD_TASK("java.lang.Thread$FieldHolder", "task"),
  /** The queues of a fork-join pool. */
  FORK_JOIN_QUEUES("java.util.concurrent.ForkJoinPool", "queues"),
  /** The thread that owns one of them. */
  QUEUE_OWNER("java.util.concurrent.ForkJoinPool$WorkQueue", "owner"),
  /** Whether the initialiser of a class has not run yet. */
  SHOULD_BE_INITIALIZED("jdk.internal.misc.Unsafe", "shouldBeInitialized"),
  /** Asks the operating system what can be done with a file descriptor. */
  NET_POLL("sun.nio.ch.Net", "poll(FileDescriptor, int, long)"),
  /** Parks a virtual thread until a selector has something to read. */
  POLL_SELECTOR("sun.nio.ch.Poller", "pollSelector(int, long)"),
  /** The channel that a future of an asynchronous channel is for. */
  PENDING_CHANNEL("sun.nio.ch.PendingFuture", "channel"),
  /** The group of such a channel. */
  CHANNEL_GROUP("sun.nio.ch.Groupable", "group()"),
  /** The pool of a group. */
  GROUP_POOL("sun.nio.ch.AsynchronousChannelGroupImpl", "executor()"),
  /** What a thread of that pool runs. */
  GROUP_WORK("sun.nio.ch.AsynchronousChannelGroupImpl$1", "val$task"),
  /** The event that there is something to read. */
  POLLIN("sun.nio.ch.Net", "POLLIN"),
  /** Makes a file descriptor of its number. */
  FILE_DESCRIPTOR("sun.nio.ch.IOUtil", "newFD(int)"),
  /** The number in one. */
  FILE_NUMBER("java.io.FileDescriptor", "fd"),
  /** What a read throws that finds the connection reset. */
  CONNECTION_RESET("sun.net.ConnectionResetException", "<init>()"),
  /** Makes an interface of a host that is not the machine. */
  NETWORK_INTERFACE("java.net.NetworkInterface", "<init>(String, int, InetAddress[])"),
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
  /** Lets a module call native code. */
  NATIVE_ACCESS("java.lang.Module", "implAddEnableNativeAccess()"),
  /** Lets all code on the class path call native code. */
  NATIVE_ACCESS_OF_UNNAMED("java.lang.Module", "implAddEnableNativeAccessToAllUnnamed()"),
  /** The first that holds a lock for reading. */
  FIRST_READER("java.util.concurrent.locks.ReentrantReadWriteLock$Sync", "firstReader"),
  /** How often each of the others holds it, a thread-local. */
  READ_HOLDS("java.util.concurrent.locks.ReentrantReadWriteLock$Sync", "readHolds"),
  /** What is in that. */
  HOLD_COUNT("java.util.concurrent.locks.ReentrantReadWriteLock$Sync$HoldCounter", "count"),
  /** The thread-locals of a thread. */
  THREAD_LOCALS("java.lang.Thread", "threadLocals"),
  /** Finds one of them. */
  THREAD_LOCAL("java.lang.ThreadLocal$ThreadLocalMap", "getEntry(ThreadLocal)"),
  /** What it holds. */
  THREAD_LOCAL_VALUE("java.lang.ThreadLocal$ThreadLocalMap$Entry", "value"),
  /** How many have yet to come to a barrier. */
  BARRIER_COUNT("java.util.concurrent.CyclicBarrier", "count"),
  /** The phaser that one waits for who parks on such a node. */
  PHASER("java.util.concurrent.Phaser$QNode", "phaser"),
  /** What comes before the first in a queue. */
  QUEUE_HEAD("java.util.concurrent.LinkedBlockingQueue", "head"),
  /** One of its nodes. */
  QUEUE_NODE("java.util.concurrent.LinkedBlockingQueue$Node", "item"),
  /** The queue of a scheduled pool. */
  DELAYED_QUEUE("java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue", "queue"),
  /** What is in one of the queues of a fork-join pool. */
  FORK_JOIN_TASKS("java.util.concurrent.ForkJoinPool$WorkQueue", "array"),
  /** The future that queued work completes. */
  SUPPLIED_FUTURE("java.util.concurrent.CompletableFuture$AsyncSupply", "dep"),
  /** The same of work without a result. */
  RUN_FUTURE("java.util.concurrent.CompletableFuture$AsyncRun", "dep"),
  /** The tasks of a timer. */
  TIMER_QUEUE("java.util.TimerThread", "queue"),
  /** The thread of a timer. */
  TIMER_THREAD("java.util.Timer", "thread"),
  /** Whether a timer takes tasks. */
  TIMER_ACCEPTS("java.util.TimerThread", "newTasksMayBeScheduled"),
  /** How many tasks it has. */
  TIMER_SIZE("java.util.TaskQueue", "size"),
  /** When one of them is due. */
  TIMER_TIME("java.util.TimerTask", "nextExecutionTime"),
  /** When a job of a scheduled pool is due. */
  JOB_TIME("java.util.concurrent.ScheduledThreadPoolExecutor$ScheduledFutureTask", "time"),
  /** What they are in. */
  TIMER_TASKS("java.util.TaskQueue", "queue"),
  /** Whether one of them is to run. */
  TIMER_STATE("java.util.TimerTask", "state"),
  /** Whether it is to run again. */
  TIMER_PERIOD("java.util.TimerTask", "period"),
  /** How many jobs a fork-join pool holds for later. */
  DELAYED_COUNT("java.util.concurrent.DelayScheduler", "restingSize"),
  /** What a delayed action runs. */
  DELAYED_ACTION("java.util.concurrent.DelayScheduler$ScheduledForkJoinTask", "runnable"),
  /** What a delayed executor runs: it gives a job to another executor. */
  DELAYED_JOB("java.util.concurrent.CompletableFuture$TaskSubmitter", "action"),
  /** The result or failure of a {@code FutureTask}. */
  FUTURE_OUTCOME("java.util.concurrent.FutureTask", "outcome"),
  /** The failure that is the result of a {@code CompletableFuture}. */
  STAGE_FAILURE("java.util.concurrent.CompletableFuture$AltResult", "ex"),
  /** Makes a common pool. */
  COMMON_POOL("java.util.concurrent.ForkJoinPool", "<init>(byte)"),
  /** How many workers it has. */
  COMMON_PARALLELISM("java.util.concurrent.ForkJoinPool", "parallelism"),
  /** A signal of the operating system, by its name; in the module jdk.unsupported, open to all. */
  SIGNAL("sun.misc.Signal", "<init>(String)"),
  /** Sets what is called when the process gets one; returns what was called before. */
  SIGNAL_HANDLE("sun.misc.Signal", "handle(Signal, SignalHandler)"),
  /** What is called. */
  SIGNAL_HANDLER("sun.misc.SignalHandler", "handle(Signal)");

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
