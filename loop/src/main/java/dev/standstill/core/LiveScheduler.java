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
    if (watching != null || events != null) {
      runBatchObserved(done, watching, events);
      return;
    }
    for (int left = BATCH; left > 0 && ready.size() > 0; left--) {
      Runnable slice = ready.take(0);
      if (slice instanceof Callback callback) {
        left = callbacks.run(callback, left, done);
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
   * A batch of its own, so that the other costs nothing while nobody looks. Here each callback has
   * a thread of its own, because JFR loses what a carrier commits after a virtual thread on it.
   */
  private void runBatchObserved(
      BooleanSupplier done, @Nullable SliceWatch watching, @Nullable FlightEvents events) {
    for (int left = BATCH; left > 0 && ready.size() > 0; left--) {
      int size = ready.size();
      Runnable taken = ready.take(0);
      Runnable slice = taken instanceof Callback callback ? callbacks.start(callback) : taken;
      running = slice;
      TaskRecord task = tasks.of(VirtualThreads.threadOf(slice));
      if (task == null) {
        continue; // of a task that has ended
      }
      if (watching != null) {
        watching.sliceStarts(task, 0, size);
      }
      if (events != null) {
        events.sliceStarts(task, 0, size);
      }
      runSlice(slice);
      boolean ended = VirtualThreads.state(task.thread()) == VirtualThreads.TERMINATED;
      if (events != null) {
        events.sliceEnded(task, ended);
      }
      if (watching != null) {
        watching.sliceEnded(task, ended);
      }
      tasks.removeIfEnded(slice);
      if (done.getAsBoolean()) {
        return;
      }
    }
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

  @Override
  public void close() {
    super.close();
    logLongSlices(0);
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
  public List<TaskState> askForTaskStates(Supplier<@Nullable List<TaskState>> undriven) {
    TaskLook look = new TaskLook(this, this::afterwards);
    if (!tryOnCarrier(look::begin)) {
      return List.of();
    }
    try {
      for (int silences = 0; silences < SILENCES && !entries.isClosed(); silences++) {
        if (look.await(ANSWER_MILLIS)) {
          return look.told();
        }
        List<TaskState> looked = undriven.get();
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
  private List<TaskState> incomplete(TaskLook look) {
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
    return states;
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
  public List<TaskState> taskStatesUndriven() {
    List<TaskState> states = new ArrayList<>();
    drive(() -> {
      admit();
      states.addAll(taskStates());
    });
    return states;
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
    submit(new Callback(body, caller.getContextClassLoader()));
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
    return new TaskRecord(thread, null);
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
