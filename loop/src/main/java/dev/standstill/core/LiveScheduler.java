package dev.standstill.core;

import dev.standstill.jdk.VirtualThreads;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Drives a loop in real time: sleeps while nothing can run, wakes at once when something can. */
public final class LiveScheduler extends Scheduler {

  /** How many slices run between two looks at the clock and at what other threads hand over. */
  private static final int BATCH = 64;

  /**
   * How long another thread waits to be told what the tasks do, before it takes the carrier for
   * busy.
   */
  private static final long ANSWER_MILLIS = 500;

  /** So often it waits for that while no task holds the carrier, which may be a busy host's. */
  private static final int SILENCES = 20;

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private final Thread.UncaughtExceptionHandler uncaught;
  private final Runnable handedOver;
  private final CallbackThreads callbacks = new CallbackThreads(this);

  /** Logs long slices; null unless somebody has asked for that. */
  private volatile @Nullable SliceWatch sliceWatch;

  /** Measures the loop; null unless somebody has asked for that. */
  private volatile @Nullable LoopMeter meter;

  /** The last slice that was begun. Other threads read it only when the carrier does not answer. */
  private @Nullable Runnable running;

  /**
   * @param loop what {@link #loopOf} answers for the tasks of this scheduler
   * @param uncaught gets the exceptions of tasks that have no handler of their own
   */
  public LiveScheduler(Object loop, Thread.UncaughtExceptionHandler uncaught) {
    this(loop, uncaught, () -> {});
  }

  /**
   * @param loop what {@link #loopOf} answers for the tasks of this scheduler
   * @param uncaught gets the exceptions of tasks that have no handler of their own
   * @param handedOver called by any thread after it has handed something over
   */
  public LiveScheduler(Object loop, Thread.UncaughtExceptionHandler uncaught, Runnable handedOver) {
    this(loop, uncaught, handedOver, new RealClock());
  }

  /**
   * @param clock what the timers go by
   */
  LiveScheduler(
      Object loop, Thread.UncaughtExceptionHandler uncaught, Runnable handedOver, Clock clock) {
    super(loop, clock);
    this.uncaught = uncaught;
    this.handedOver = handedOver;
  }

  /**
   * Runs tasks on the calling thread until {@code done}. It is asked after each slice, so a task
   * that makes it true ends the drive; another thread that does so calls {@link #wake}.
   *
   * @return false if the calling thread was interrupted before that; the interrupt is consumed
   */
  public boolean driveUntil(BooleanSupplier done) {
    boolean[] reached = {false};
    InterruptWatch watch = new InterruptWatch();
    try {
      drive(() -> reached[0] = runUntil(done, watch));
    } finally {
      watch.stop();
    }
    return reached[0];
  }

  private boolean runUntil(BooleanSupplier done, InterruptWatch watch) {
    while (!done.getAsBoolean()) {
      if (watch.isInterrupted()) {
        return false;
      }
      admit();
      timers.fireDue();
      if (ready.size() > 0) {
        runBatch(done);
      } else if (!done.getAsBoolean()) {
        sleep();
      }
    }
    return true;
  }

  /**
   * Runs on the calling thread what can run now, and never waits. Once {@code nanos} have passed it
   * begins no further slice.
   */
  public void runFor(long nanos) {
    long end = timers.nanos() + nanos;
    drive(() -> runUntilBlocked(() -> timers.nanos() >= end));
  }

  private void runUntilBlocked(BooleanSupplier done) {
    do {
      admit();
      timers.fireDue();
      runBatch(done);
    } while (nanosUntilNext() == 0 && !done.getAsBoolean());
  }

  /**
   * In how many nanoseconds there is something to run, as far as is known now: 0 if there is
   * already, {@link Timers#NONE} if not before something is handed over. For the driver only.
   */
  public long nanosUntilNext() {
    if (ready.size() > 0 || !entries.isEmpty()) {
      return 0;
    }
    long next = timers.next();
    return next == Timers.NONE ? Timers.NONE : Math.max(0, next - timers.nanos());
  }

  /**
   * Returns if the calling thread can run tasks.
   *
   * @throws IllegalStateException if it is a virtual thread, which can carry no other
   */
  public void requirePlatformThread() {
    Thread caller = Thread.currentThread();
    if (caller.isVirtual()) {
      throw new IllegalStateException(
          "%s cannot be run by virtual thread \"%s\": a carrier has to be a platform thread. Use EventLoop.start() for a loop with a thread of its own."
              .formatted(loop, caller.getName()));
    }
  }

  private void runBatch(BooleanSupplier done) {
    requirePlatformThread();
    SliceWatch watching = sliceWatch;
    FlightEvents events = events();
    LoopMeter measuring = meter;
    if (watching != null || events != null || measuring != null) {
      runBatchObserved(done, watching, events, measuring);
      return;
    }
    for (int left = BATCH; left > 0 && ready.size() > 0; left--) {
      Runnable slice = ready.take(0);
      if (slice instanceof Callback callback) {
        left = callbacks.run(callback, left, done, null);
      } else {
        run(slice);
      }
      if (done.getAsBoolean()) {
        return;
      }
    }
  }

  /** Runs a task until it blocks, yields or ends; on the carrier. */
  void run(Runnable slice) {
    running = slice;
    runSlice(slice);
    tasks.removeIfEnded(slice);
  }

  /**
   * A batch of its own, so that the other costs nothing while nobody looks. Callbacks share threads
   * here only if nothing but their number and time is wanted: JFR loses what a carrier commits
   * after a virtual thread on it.
   */
  private void runBatchObserved(
      BooleanSupplier done,
      @Nullable SliceWatch watching,
      @Nullable FlightEvents events,
      @Nullable LoopMeter measuring) {
    if (measuring != null) {
      measuring.batchStarts();
    }
    for (int left = BATCH; left > 0 && ready.size() > 0; left--) {
      int size = ready.size();
      Runnable taken = ready.take(0);
      if (!(taken instanceof Callback callback)) {
        runObserved(taken, size, watching, events, measuring);
      } else if (watching == null && events == null) {
        left = callbacks.run(callback, left, done, measuring);
      } else {
        runObserved(callbacks.start(callback), size, watching, events, measuring);
      }
      if (done.getAsBoolean()) {
        return;
      }
    }
  }

  private void runObserved(
      Runnable slice,
      int size,
      @Nullable SliceWatch watching,
      @Nullable FlightEvents events,
      @Nullable LoopMeter measuring) {
    running = slice;
    TaskRecord task = tasks.of(VirtualThreads.threadOf(slice));
    if (task == null) { // it has ended
      if (measuring != null) {
        measuring.slicePassed();
      }
      return;
    }
    if (watching != null) {
      watching.sliceStarts(task, 0, size);
    }
    if (events != null) {
      events.sliceStarts(task, 0, size);
    }
    if (measuring != null) {
      measuring.sliceStarts(task, 0, size);
    }
    runSlice(slice);
    boolean ended = VirtualThreads.state(task.thread()) == VirtualThreads.TERMINATED;
    if (measuring != null) {
      measuring.sliceEnded(task, ended);
    }
    if (events != null) {
      events.sliceEnded(task, ended);
    }
    if (watching != null) {
      watching.sliceEnded(task, ended);
    }
    tasks.removeIfEnded(slice);
  }

  /**
   * Logs the slices that take longer than so many nanoseconds from now on; none if that is 0. Any
   * thread may call.
   */
  public synchronized void logLongSlices(long nanos) {
    SliceWatch before = sliceWatch;
    if (before != null) {
      before.stop();
    }
    sliceWatch = nanos == 0 || entries.isClosed() ? null : SliceWatch.start(loop, nanos);
  }

  /**
   * Measures the loop from now on, unless it is measured already. Any thread may call.
   *
   * @return what measures it
   */
  public synchronized LoopMeter measure(Supplier<? extends LoopMeter> made) {
    LoopMeter measuring = meter;
    if (measuring == null) {
      measuring = made.get();
      meter = measuring;
      if (entries.isClosed()) {
        measuring.loopClosed();
      }
    }
    return measuring;
  }

  @Override
  void beforeHandOver() {
    LoopMeter measuring = meter;
    if (measuring != null
        && measuring.handsOver()
        && !entries.add(EntryQueue.Entry.action(() -> measuring.admitted(ready.size())))) {
      measuring.loopClosed();
    }
  }

  /** How many tasks live and have begun, or are about to. Any thread may call. */
  public int taskCount() {
    return tasks.size();
  }

  /** How many tasks have been started. Any thread may call. */
  public int startedCount() {
    return tasks.started();
  }

  /** How many slices wait for the carrier. Any thread may call. */
  public int queueLength() {
    return ready.size() + entries.count(entry -> entry.isSlice || entry instanceof Callback);
  }

  /**
   * How many tasks can run or do, of those that {@link #taskCount} counts. Any thread may call.
   *
   * @param running whether one runs now
   */
  public int runnableCount(boolean running) {
    return (running ? 1 : 0)
        + ready.size()
        + entries.count(entry -> entry.isSlice && entry.starting == null);
  }

  @Override
  public void close() {
    super.close();
    logLongSlices(0);
    closeMeter();
  }

  private synchronized void closeMeter() {
    LoopMeter measuring = meter;
    if (measuring != null) {
      measuring.loopClosed();
    }
  }

  /** Makes the driver ask {@code done} again after that time. Any thread may call. */
  public void wakeAfter(long nanos) {
    tryOnCarrier(() -> timers.add(nanos, () -> {}, null));
  }

  /**
   * What the living tasks do, as the carrier tells, portion by portion so that the loop goes on. If
   * it stops to tell because a task does not let go of the carrier, only those that were told and
   * that one, and a warning says so. Any thread may call while a thread drives, or is about to.
   *
   * @param undriven looks while nobody drives; null if somebody does, or only the driver may look
   */
  public TaskStates askForTaskStates(Supplier<@Nullable TaskStates> undriven) {
    TaskLook look = new TaskLook(this, this::afterwards);
    if (!tryOnCarrier(look::begin)) {
      return TaskStates.all(List.of());
    }
    try {
      for (int silences = 0; silences < SILENCES && !entries.isClosed(); silences++) {
        if (look.await(ANSWER_MILLIS)) {
          return TaskStates.all(look.told());
        }
        TaskStates looked = undriven.get();
        if (looked != null) {
          return looked;
        }
        if (!onlyRunning().isEmpty()) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return incomplete(look);
  }

  /** What was told, and the task that holds the carrier; logged unless the loop is closed. */
  private TaskStates incomplete(TaskLook look) {
    List<TaskState> states = new ArrayList<>(look.told());
    for (TaskState holder : onlyRunning()) {
      states.removeIf(state -> state.thread() == holder.thread());
      states.add(holder);
    }
    if (!entries.isClosed()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "A look at the tasks of %s is incomplete: it tells of %d%s, because the carrier did not answer for %d ms or whoever asked was interrupted."
              .formatted(
                  loop, states.size(), look.all() == 0 ? "" : " of " + look.all(), ANSWER_MILLIS));
    }
    return new TaskStates(states, false);
  }

  private List<TaskState> onlyRunning() {
    Runnable slice = running;
    return slice == null
        ? List.of()
        : Stream.of(TaskState.running(VirtualThreads.threadOf(slice)))
            .filter(task -> !task.stack().isEmpty())
            .toList();
  }

  /** What the living tasks do. Any thread may call while it keeps all others from driving. */
  public TaskStates taskStatesUndriven() {
    List<TaskState> states = new ArrayList<>();
    drive(() -> {
      admit();
      states.addAll(TaskLook.atOnce(this));
    });
    return TaskStates.all(states);
  }

  private void sleep() {
    FlightEvents events = events();
    if (events == null) {
      sleepUntilNext();
      return;
    }
    FlightEvents.StandstillEvent standstill = events.standstillBegins();
    sleepUntilNext();
    events.standstillEnds(standstill, tasks.size(), 0);
  }

  private void sleepUntilNext() {
    long next = timers.next();
    if (next == Timers.NONE) {
      awaitEntries(Long.MAX_VALUE);
    } else if (next > timers.nanos()) {
      awaitEntries(next - timers.nanos());
    }
  }

  /** A thread that inherits thread-locals has to be made where these are. */
  @Override
  boolean callBack(Runnable body) {
    Thread caller = Thread.currentThread();
    if (VirtualThreads.hasInheritableLocals(caller)) {
      return false;
    }
    submit(new Callback(body, caller));
    return true;
  }

  @Override
  void accept(Callback callback) {
    callbacks.add(callback);
  }

  @Override
  void accept(Runnable slice, Thread thread, @Nullable TaskRecord starting) {
    if (starting == null || !callbacks.take(slice, starting)) {
      super.accept(slice, thread, starting);
    }
  }

  @Override
  void startExpected() {
    callbacks.startAll();
  }

  @Override
  void wakeDriver() {
    super.wakeDriver();
    handedOver.run();
  }

  @Override
  @Nullable Throwable origin() {
    return null;
  }

  @Override
  TaskRecord starting(Thread thread) {
    TaskRecord task = new TaskRecord(thread, null);
    noteStarter(task);
    return task;
  }

  @Override
  void handlerFailed(Thread thread, Throwable ofHandler) {
    HandlerCalls.log(loop, thread, ofHandler);
  }

  @Override
  Thread.UncaughtExceptionHandler uncaught() {
    return uncaught;
  }
}
