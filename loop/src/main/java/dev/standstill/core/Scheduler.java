package dev.standstill.core;

import dev.standstill.jdk.DelayedParks;
import dev.standstill.jdk.LockStack;
import dev.standstill.jdk.VirtualThreads;
import dev.standstill.jdk.WokenThreads;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Runs the slices of its virtual threads, one at a time, on the thread that drives it.
 *
 * <p>It only wires the owners of state together: what is ready, what is to happen later, what other
 * threads hand over, which tasks live. The JDK calls {@link #execute} with the next slice of a
 * thread whenever that can run; whoever drives calls {@link #drive}. The methods of a user's loop
 * are those of {@link LoopExecutor}.
 */
public abstract sealed class Scheduler implements Executor, DelayedParks.Timers
    permits LiveScheduler, VirtualScheduler {

  /** Without a loop nobody has checked this JVM yet, so its internals must not be touched. */
  private static volatile boolean exists;

  final ReadyQueue ready = new ReadyQueue();
  final EntryQueue entries = new EntryQueue();
  final TaskTable tasks = new TaskTable();
  final Timers timers;

  final Object loop;

  /**
   * Only ever compared by a thread with itself, so no thread can see a stale value that matters.
   */
  private @Nullable Thread carrier;

  private volatile @Nullable Thread sleeper;

  /** Made when a recording runs for the first time; for the driver only. */
  private @Nullable FlightEvents events;

  /**
   * @param loop what {@link #loopOf} answers for the tasks of this scheduler
   */
  Scheduler(Object loop, Clock clock) {
    this.loop = loop;
    this.timers = new Timers(clock);
    exists = true;
  }

  /** The scheduler of {@code thread}, or null if it is no task of a loop. Any thread may call. */
  public static @Nullable Scheduler of(Thread thread) {
    if (!exists) {
      return null;
    }
    Executor executor = VirtualThreads.schedulerOf(VirtualThreads.backing(thread));
    return switch (executor) {
      case Scheduler scheduler -> scheduler;
      case LoopProcess process -> process.scheduler();
      case null, default -> null;
    };
  }

  /** The loop whose task {@code thread} is, or null. Any thread may call. */
  public static @Nullable Object loopOf(Thread thread) {
    Scheduler scheduler = of(thread);
    return scheduler == null ? null : scheduler.loop;
  }

  /**
   * Whether the task that calls was cancelled with an interrupt, by itself or with its loop; that
   * stays so until it ends. False for other threads.
   */
  public static boolean isCallerCancelled() {
    Thread caller = Thread.currentThread();
    Scheduler scheduler = of(caller);
    TaskRecord task = scheduler == null ? null : scheduler.tasks.of(caller);
    return task != null && task.isCancelled();
  }

  /** The timers; for the driver only. */
  public final Timers timers() {
    return timers;
  }

  /** The living tasks in the order in which they were started; for the driver only. */
  public final List<TaskRecord> tasks() {
    startExpected();
    return tasks.inOrder();
  }

  /** What the living tasks do, in the order in which they were started; for the driver only. */
  public List<TaskState> taskStates() {
    return tasks().stream().map(TaskState::of).toList();
  }

  /** How many tasks have been started so far; for the driver only. */
  public final int tasksStarted() {
    return tasks.started();
  }

  /** Whether a platform thread of the program lives that is no daemon; for the driver only. */
  public boolean hasNonDaemons() {
    return tasks.nonDaemons() > 0;
  }

  /** Whether no task lives; for the driver only. */
  public final boolean isEmpty() {
    return tasks.size() == 0 && entries.isEmpty();
  }

  /**
   * Accepts the next slice of a virtual thread. Called by the JDK, on any thread.
   *
   * <p>A task that outlives its closed loop is never run again. Only what starts a thread is told:
   * who wakes one has done nothing wrong, and may be the one thread of the JVM that hands monitors
   * to virtual threads, which would end.
   *
   * @throws RejectedExecutionException if a thread is started and the loop is closed
   */
  @Override
  public final void execute(Runnable slice) {
    Thread thread = VirtualThreads.threadOf(slice);
    TaskRecord starting =
        VirtualThreads.state(thread) == VirtualThreads.STARTED ? starting(thread) : null;
    if (isCarrier()) {
      accept(slice, thread, starting);
    } else if (!handOver(EntryQueue.Entry.slice(slice, starting)) && starting != null) {
      throw closed();
    }
  }

  /**
   * Runs {@code body} as a task without a handle, in a thread that it may share with others. False
   * if it has to be given a thread by the caller instead. Any thread may call.
   *
   * @throws RejectedExecutionException if nothing runs there any more
   */
  boolean callBack(Runnable body) {
    return false;
  }

  /** Puts a callback in line. Any thread may call. */
  final void submit(Callback callback) {
    if (isCarrier()) {
      accept(callback);
    } else if (!handOver(callback)) {
      throw closed();
    }
  }

  /**
   * Runs {@code action} on the carrier, between slices or within the calling task's. Any thread may
   * call.
   *
   * @throws RejectedExecutionException if nothing runs there any more
   */
  public final void onCarrier(Runnable action) {
    if (!tryOnCarrier(action)) {
      throw closed();
    }
  }

  /** Like {@link #onCarrier}, but false if nothing runs there any more. */
  final boolean tryOnCarrier(Runnable action) {
    if (isCarrier()) {
      action.run();
      return true;
    }
    return handOver(EntryQueue.Entry.action(action));
  }

  /** Runs {@code action} on the carrier when that takes in again what is handed over. */
  final void afterwards(Runnable action) {
    handOver(EntryQueue.Entry.action(action));
  }

  @Override
  public @Nullable ScheduledFuture<?> schedule(Runnable command, long delayNanos) {
    return timers.add(delayNanos, command, null);
  }

  /** Cancels all that was scheduled and has not started. Any thread may call. */
  public final void cancelScheduled() {
    tryOnCarrier(timers::cancelSubjects);
  }

  /** Cancels every living task but {@code except}. Any thread may call. */
  public void cancelAll(Thread except) {
    tryOnCarrier(
        () -> tasks().stream().filter(task -> task.thread() != except).forEach(TaskRecord::cancel));
  }

  /**
   * Refuses all that is handed over from now on, unless a task lives or is on its way; false then.
   * For the driver only.
   */
  public final boolean closeIfEmpty() {
    return tasks.size() == 0 && entries.closeIfEmpty();
  }

  /** Where JFR events go now; null while nothing is recorded. For the driver only. */
  final @Nullable FlightEvents events() {
    if (!FlightRecordings.areRunning()) {
      return null;
    }
    if (events == null) {
      events = new FlightEvents(loop);
    }
    return events;
  }

  /** Refuses all that is handed over from now on. Any thread may call. */
  public void close() {
    entries.close();
  }

  /** Makes the calling platform thread the carrier while {@code driving} runs. */
  public void drive(Runnable driving) {
    LockStack.inflateHeld();
    DelayedParks.Timers before = DelayedParks.driveWith(this);
    carrier = Thread.currentThread();
    try {
      driving.run();
    } finally {
      carrier = null;
      DelayedParks.driveWith(before);
    }
  }

  /** Takes in what other threads have handed over; for the driver only. */
  public final void admit() {
    if (!entries.isEmpty()) {
      entries.drainTo(this::admit);
    }
  }

  private void admit(EntryQueue.Entry entry) {
    if (entry.isSlice) {
      acceptHandedOver(entry.work, VirtualThreads.threadOf(entry.work), entry.starting);
    } else if (entry instanceof Callback callback) {
      accept(callback);
    } else {
      entry.work.run();
    }
  }

  /** Whether other threads have handed over what was not taken in yet; for the driver only. */
  public final boolean hasEntries() {
    return !entries.isEmpty();
  }

  /**
   * Parks the driver until another thread hands something over, or so many nanoseconds pass.
   * Returns whether something was handed over.
   */
  public final boolean awaitEntries(long nanos) {
    sleeper = Thread.currentThread();
    if (entries.isEmpty() && !entries.isClosed()) {
      LockSupport.parkNanos(this, nanos);
    }
    sleeper = null;
    return !entries.isEmpty();
  }

  /** Lets the driver look up, whether it sleeps or is about to. Any thread may call. */
  public final void wake() {
    tryOnCarrier(() -> {});
  }

  /** Lets the driver look at what has been handed over. Any thread may call. */
  void wakeDriver() {
    Thread sleeping = sleeper;
    if (sleeping != null) {
      sleeper = null;
      LockSupport.unpark(sleeping);
    }
  }

  /** The calling place, to be shown as the one that started a task; null if none is recorded. */
  abstract @Nullable Throwable origin();

  /** Notes in a task that the caller starts it, unless that is the driver, for a timer. */
  final void noteStarter(TaskRecord starting) {
    Thread starter = Thread.currentThread();
    if (starter != carrier) {
      starting.startedBy(starter);
    }
  }

  /** A new task that is starting, called on the thread that starts it. */
  abstract TaskRecord starting(Thread thread);

  /** Makes a slice ready that was submitted on the carrier. */
  void accept(Runnable slice, Thread thread, @Nullable TaskRecord starting) {
    if (starting != null) {
      begin(starting);
    }
    ready.add(slice);
  }

  /** Makes a slice ready that another thread submitted. */
  void acceptHandedOver(Runnable slice, Thread thread, @Nullable TaskRecord starting) {
    accept(slice, thread, starting);
  }

  /** Makes a callback ready. */
  void accept(Callback callback) {
    throw new IllegalStateException(
        "%s gives each callback a thread; %s came without one.".formatted(loop, callback.work));
  }

  /** Gives a thread to each task that waits for one; on the carrier. */
  void startExpected() {}

  final void begin(TaskRecord starting) {
    tasks.add(starting);
    giveHandler(starting.thread());
  }

  final void giveHandler(Thread thread) {
    if (thread.getUncaughtExceptionHandler() instanceof ThreadGroup) {
      thread.setUncaughtExceptionHandler(uncaught());
    }
  }

  /** What runs the threads that the caller is about to start: as a rule this. */
  Executor home() {
    return this;
  }

  /** Gives a thread that is about to start the number that it shall have on this loop. */
  void number(Thread unstarted) {}

  /**
   * Runs a task until it blocks, yields or ends. A task may have a handler of its own; the JDK lets
   * through what that throws when the task has ended.
   */
  final void runSlice(Runnable slice) {
    try {
      slice.run();
    } catch (Throwable e) {
      Thread thread = VirtualThreads.threadOf(slice);
      if (VirtualThreads.state(thread) != VirtualThreads.TERMINATED) {
        throw e;
      }
      handlerFailed(thread, e);
    }
  }

  /** The group of a task keeps what that has thrown until its owner is told. */
  void keptByGroup(String task, Throwable cause) {}

  /** The owner of a group is told what that has kept. */
  void toldByGroup(Throwable cause) {}

  /** Tells what the handler of a thread that has ended has thrown. */
  abstract void handlerFailed(Thread thread, Throwable ofHandler);

  /** What gets the exceptions of tasks that have no handler of their own. */
  abstract Thread.UncaughtExceptionHandler uncaught();

  /** Called by any thread before it hands something over. */
  void beforeHandOver() {}

  /** False if nobody takes the entry any more. */
  private boolean handOver(EntryQueue.Entry entry) {
    beforeHandOver();
    boolean taken = entries.add(entry);
    WokenThreads.handsOver();
    wakeDriver();
    return taken;
  }

  private RejectedExecutionException closed() {
    return new RejectedExecutionException(
        "%s is closed and runs nothing any more: open a new loop.".formatted(loop));
  }

  /** Whether the calling thread, or the one that carries it, drives the loop now. */
  final boolean isCarrier() {
    return VirtualThreads.currentCarrier() == carrier;
  }
}
