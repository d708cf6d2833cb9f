package dev.standstill.core;

import dev.standstill.jdk.AgentHooks;
import dev.standstill.jdk.ChannelHandlers;
import dev.standstill.jdk.DelayedJob;
import dev.standstill.jdk.HandedOver;
import dev.standstill.jdk.InitializerCycles;
import dev.standstill.jdk.JdkCheck;
import dev.standstill.jdk.JdkService;
import dev.standstill.jdk.LibraryTwins;
import dev.standstill.jdk.MonitorWait;
import dev.standstill.jdk.Numbers;
import dev.standstill.jdk.Randomness;
import dev.standstill.jdk.SeededPrograms;
import dev.standstill.jdk.StrandedPools;
import dev.standstill.jdk.SwallowedFailures;
import dev.standstill.jdk.SwitchPoints;
import dev.standstill.jdk.TaskNotes;
import dev.standstill.jdk.VirtualThreads;
import dev.standstill.jdk.WokenThreads;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Runs a loop slice by slice in virtual time, and never waits by itself. Its methods are for the
 * driver, inside {@link #drive}, but for those of {@link AgentHooks.Hooked}, which its tasks reach
 * through the JDK.
 */
public final class VirtualScheduler extends Scheduler implements AgentHooks.Hooked, ReadyTasks {

  /**
   * Where the tasks' {@code System.nanoTime()} starts. Not 0, because code that takes 0 for "not
   * set" works with the real clock, too.
   */
  private static final long NANO_TIME_ORIGIN = 1_000_000_000_000L;

  /** The JVM's unblocker needs a processor to hand a monitor over, and there may be but one. */
  private static final int LOOKS_BEFORE_YIELD = 1000;

  /** How far an offset may be off, says the Javadoc of {@code VM.getNanoTimeAdjustment}, JDK 25. */
  private static final long SECONDS_THAT_FIT = 1L << 32;

  private final VirtualClock clock;
  private final Strategy strategy;
  private final @Nullable ExploringStrategy exploring;
  private final SliceObserver observer;

  /** Null unless the run is traced. */
  private final SliceObserver.@Nullable Closely closely;

  private final Consumer<TaskRecord> arrivals = this::arrives;
  private final LoopExecutor loop;
  private final Randomness randomness;
  private final Numbers numbers = new Numbers();
  private final Unblocks unblocks = new Unblocks();
  private final TaskNotes notes = new TaskNotes();
  private final OutsideWaits outsideWaits;
  private final BlockedTasks blockedTasks;
  private final LockCycles lockCycles;
  private final CarrierHold carrierHold;
  private final Polling polling;

  private @Nullable TaskRecord running;
  private boolean runningIsReady;

  /** Whether the strategy ever lets a task wait that could go on. */
  private final boolean preempts;

  private int handOvers;
  private long movesToTimers;

  /** Whether what becomes ready just now was handed over by another thread. */
  private boolean isTakenIn;

  /** Whether the running task is inside of a start that is no hand-over yet. */
  private boolean isStarting;

  /**
   * Whether the running task holds its carrier while it waits for the outside, up to a time-out.
   */
  private boolean isPinnedOutside;

  private final List<SwallowedFailure> keptByGroups = new ArrayList<>();
  private int choice;
  private @Nullable Integer exitStatus;

  /** Of the tasks that are in no other process. */
  private final ProcessState own;

  private final LoopProcesses processes;
  private volatile boolean ending;

  /**
   * @param loop runs what is due for a {@code CompletableFuture}, and is told of exceptions that
   *     nobody catches
   * @param randomSeed decides what random numbers tasks get
   * @param commonPool how many workers the common pool has; null for the default
   */
  public VirtualScheduler(
      LoopExecutor loop,
      VirtualClock clock,
      Strategy strategy,
      long randomSeed,
      @Nullable Integer commonPool,
      SliceObserver observer) {
    super(loop, clock);
    this.strategy = strategy;
    this.exploring = strategy instanceof ExploringStrategy own ? own : null;
    this.randomness = new Randomness(randomSeed);
    this.loop = loop;
    this.clock = clock;
    this.observer = observer;
    this.closely = observer.closely();
    this.own = new ProcessState(this, loop, commonPool);
    this.outsideWaits = new OutsideWaits(this, tasks);
    this.blockedTasks = new BlockedTasks(tasks, outsideWaits, notes);
    this.lockCycles = new LockCycles(tasks);
    this.processes = new LoopProcesses(this, loop, ready, tasks, unblocks, outsideWaits);
    this.carrierHold = new CarrierHold(blockedTasks);
    this.preempts = strategy != Strategy.FIFO;
    this.polling = new Polling(clock, exploring != null);
    if (exploring != null) {
      exploring.begins(this);
    } else if (preempts) {
      SeededPrograms.opens();
    }
  }

  /**
   * Returns when virtual loops can work in this JVM.
   *
   * @throws IllegalStateException if they cannot; its message says what to do
   */
  public static void requireJdk() {
    JdkCheck.requireForTestLoops();
  }

  /**
   * Takes the classes whose initialisers need each other, as far as they were found since the last
   * call: in each list, each needs the next, and the last the first. Any thread may call.
   */
  public static List<List<String>> takeInitializerCycles() {
    return InitializerCycles.take();
  }

  /** Lets one ready task run until it blocks, yields or ends; false if none is ready. */
  public boolean runOne() {
    settle();
    int size = ready.size();
    if (size == 0) {
      return (exploring != null && exploring.wakesAny() || processes.letGoOn()) && runOne();
    }
    TaskRecord task = takeNext(size);
    if (VirtualThreads.state(task.thread()) == VirtualThreads.TERMINATED) {
      return runOne(); // see acceptHandedOver
    }
    run(task, size);
    return true;
  }

  /** The one place where it is decided which ready task runs next. */
  private TaskRecord takeNext(int size) {
    if (exploring != null) {
      exploring.beforeSlice();
    }
    choice = size == 1 ? 0 : strategy.choose(this);
    return (TaskRecord) ready.take(choice);
  }

  @Override
  public int size() {
    return ready.size();
  }

  @Override
  public TaskRecord task(int position) {
    return (TaskRecord) ready.get(position);
  }

  /** Whether no task lives but those in the background. */
  public boolean isDoneButBackground() {
    return tasks.foreground() == 0 && entries.isEmpty();
  }

  /** The task whose slice is running, or null. Other threads may see a stale answer. */
  public @Nullable TaskRecord running() {
    return running;
  }

  /** What explores schedules, if that is what the loop is for. Any thread may call. */
  @Nullable ExploringStrategy exploring() {
    return exploring;
  }

  /** Whether the task that has run last could have gone on, but has let others run. */
  public boolean hasYielded() {
    return runningIsReady;
  }

  /** Whether a task could run now. */
  public boolean hasReady() {
    settle();
    return ready.size() > 0;
  }

  /**
   * Moves time to {@code moment}, in nanoseconds of the clock, and fires what is due then. Returns
   * whether that is a timer, and no step because all that runs only polls.
   */
  public boolean moveTo(long moment) {
    boolean toTimer = !polling.isAll() || moment >= timers.next();
    if (toTimer) {
      movesToTimers++;
    }
    recordStandstill(moment - clock.nanos());
    outsideWaits.timeMoves(moment - clock.nanos());
    if (closely != null && moment > clock.nanos()) {
      closely.timeMoves(clock.nanos(), moment);
    }
    clock.moveTo(moment);
    timers.fireDue();
    if (polling.isAll()) {
      polling.startRound();
    }
    return toTimer;
  }

  private void recordStandstill(long nanos) {
    FlightEvents events = events();
    if (events != null && nanos > 0) {
      events.standstillEnds(events.standstillBegins(), tasks.size(), nanos);
    }
  }

  /** Fires what is due without moving time; it can be, because pinned tasks move time. */
  public void fireDue() {
    timers.fireDue();
  }

  /**
   * When time is to move next, in nanoseconds of the clock, or {@link Timers#NONE}: to the next
   * timer, or if all that runs only polls by a step, but not past a timer that somebody waits for.
   */
  public long nextMoment() {
    long next = timers.next();
    boolean briefly = ready.size() == 0;
    if (!polling.isAll() || briefly && next == Timers.NONE) {
      return next;
    }
    long stepped = polling.nextMoment();
    return Math.min(briefly ? Math.max(stepped, next) : stepped, timers.nextLasting());
  }

  /** Whether a timer is due at {@code moment}, to which time is to move next. */
  public boolean isTimer(long moment) {
    return !polling.isAll() || moment >= timers.next();
  }

  /** In how many nanoseconds the next timer is due; {@link Timers#NONE} if there is none. */
  public long untilNextTimer() {
    long next = timers.next();
    return next == Timers.NONE ? Timers.NONE : Math.max(0, next - clock.nanos());
  }

  /** How often time has moved to a timer. */
  public long movesToTimers() {
    return movesToTimers;
  }

  /** Whether a task has done nothing for long but poll. */
  public boolean isPolling(TaskRecord task) {
    return polling.isPolling(task);
  }

  /** Whether nothing has happened for long but that tasks polled. */
  public boolean isOnlyPolling() {
    return polling.isAll();
  }

  /** Looks anew whether tasks only poll, because something else was waited for. */
  public void startRoundOfPolls() {
    polling.startRound();
  }

  /**
   * Up to when time may move although something outside is waited for, because so much time has
   * really passed; 0 if it may not.
   */
  public long passedOutside() {
    return outsideWaits.passed();
  }

  /** What outside the loop is waited for, and by which tasks. */
  public List<OutsideWait> outsideWaits() {
    return outsideWaits.find();
  }

  /** The threads that ran unseen while time moved; see {@link OutsideWaits#ranUnseen}. */
  public List<RanUnseen> ranUnseen() {
    return outsideWaits.ranUnseen();
  }

  /** What threads of the JDK may still bring, whom nobody waits for any more. */
  public List<OutsideWait> patientWaits() {
    return outsideWaits.patient();
  }

  /** Whether tasks have begun to wait for each other's locks or monitors for ever. */
  public boolean hasLockCycle() {
    List<TaskRecord> blocked = outsideWaits.takeNew();
    return !blocked.isEmpty() && lockCycles.areAmong(blocked);
  }

  /** The task that keeps the carrier for good, and what ends it. */
  public CarrierHold carrierHold() {
    return carrierHold;
  }

  /** What each task that cannot run waits for, in the order in which they were started. */
  public List<BlockedState> blocked() {
    return blockedTasks.find();
  }

  /** Whom tasks wait for is known as well as {@link #blocked} knows it. */
  @Override
  public List<TaskState> taskStates() {
    Map<Integer, Thread> awaited = new TreeMap<>();
    for (BlockedState state : blocked()) {
      if (state.owner() != null) {
        awaited.put(state.task().id(), VirtualThreads.backing(state.owner()));
      }
    }
    return TaskSight.resolve(
        tasks.inOrder().stream()
            .map(task -> new TaskSight(TaskState.of(task), awaited.get(task.id()), List.of()))
            .toList());
  }

  /** The jobs that delayed executors of {@code CompletableFuture} hold for later. */
  public List<PendingJob> delayedJobs() {
    List<DelayedJob> pending = notes.delayedJobs().pending();
    return pending.isEmpty()
        ? List.of()
        : pending.stream()
            .map(job ->
                new PendingJob(
                    Instant.ofEpochMilli(job.dueAt()), List.of(job.givenAt().getStackTrace())))
            .toList();
  }

  /**
   * What groups keep whose owners have not been told yet, and then what futures have kept and
   * nobody has asked for, in the order of time.
   */
  public List<SwallowedFailure> swallowed() {
    List<SwallowedFailure> all = new ArrayList<>(keptByGroups);
    SwallowedFailures.of(this).stream()
        .map(one -> new SwallowedFailure(one.keeper(), one.task(), one.at(), one.cause()))
        .forEach(all::add);
    return all;
  }

  /** The coroutines that wait, in the order in which they were begun. */
  public List<SuspendedCoroutine> coroutines() {
    return notes.coroutines().suspended().stream()
        .map(one ->
            new SuspendedCoroutine(
                one.name(),
                one.builder(),
                one.since() == null ? null : Instant.ofEpochMilli(one.since()),
                one.stack(),
                one.begunAt()))
        .toList();
  }

  @Override
  void keptByGroup(String task, Throwable cause) {
    keptByGroups.add(new SwallowedFailure("a task group", task, clock.now(), cause));
  }

  @Override
  void toldByGroup(Throwable cause) {
    keptByGroups.removeIf(kept -> kept.cause() == cause);
  }

  /** Whether there are shutdown hooks to run. */
  public boolean hasShutdownHooks() {
    return own.shutdown().hasHooks();
  }

  /** Runs the shutdown hooks and returns when they have ended; called by a task. */
  public void runShutdownHooks() {
    own.shutdown().run();
  }

  /** The status that a task has given to {@code System.exit}, or null. */
  public @Nullable Integer exitStatus() {
    return exitStatus;
  }

  private void run(TaskRecord task, int size) {
    outsideWaits.runs(task);
    unblocks.runs(task);
    task.runs();
    observer.sliceStarts(task, choice, size);
    FlightEvents events = events();
    if (events != null) {
      events.sliceStarts(task, choice, size);
    }
    randomness.sliceBegins();
    running = task;
    runningIsReady = false;
    polling.sliceBegins();
    runSlice(task.slice());
    running = null;
    int state = VirtualThreads.state(task.thread());
    polling.sliceEnded(task, state, ready.size());
    task.blockedSince(clock.nanos());
    boolean ended = state == VirtualThreads.TERMINATED || processes.isStopped(task);
    switch (ended ? VirtualThreads.TERMINATED : state) {
      case VirtualThreads.TERMINATED -> {
        tasks.remove(task.thread());
        processes.ends(task);
      }
      case VirtualThreads.BLOCKED, VirtualThreads.WAIT, VirtualThreads.TIMED_WAIT -> {
        unblocks.watch(task);
        outsideWaits.suspect(task);
      }
      case VirtualThreads.UNBLOCKED -> {
        if (!runningIsReady) {
          unblocks.watch(task);
        }
      }
      case VirtualThreads.PARKED, VirtualThreads.TIMED_PARKED -> outsideWaits.suspectParked(task);
      default -> {}
    }
    if (events != null) {
      events.sliceEnded(task, ended);
    }
    observer.sliceEnded(task, ended);
    if (task.isWaitingBriefly()) {
      timers.fireDue();
    }
  }

  /** Waits until what the last slice, or the driver, has set in motion has arrived. */
  private void settle() {
    admit();
    if (unblocks.isWatching()) {
      for (int looks = 0; unblocks.isInFlight(); looks++) {
        if (looks < LOOKS_BEFORE_YIELD) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
        admit();
      }
      unblocks.takeArrivals(arrivals);
    }
  }

  /** A monitor has been handed over to the task, by whichever has left it just now. */
  private void arrives(TaskRecord task) {
    if (closely != null) {
      closely.becomesReady(task, SliceObserver.Closely.Cause.TASK);
    }
    makeReady(task);
  }

  @Override
  @Nullable Throwable origin() {
    return loop.keepsOrigins() ? new Throwable() : null;
  }

  @Override
  TaskRecord starting(Thread thread) {
    @Nullable Throwable origin =
        thread.getUncaughtExceptionHandler() instanceof ScheduledLoopTask<?> task
            ? task.scheduledAt()
            : origin();
    TaskRecord task = new TaskRecord(thread, origin, isInBackground(thread));
    TaskRecord starter = running;
    if (starter != null && isOwnThread(starter)) {
      task.startedBy(starter);
    } else {
      noteStarter(task);
    }
    return task;
  }

  /** What a background task starts is in the background, too. */
  private boolean isInBackground(Thread starting) {
    if (starting.getUncaughtExceptionHandler() instanceof LoopTask<?> task && task.isBackground()) {
      return true;
    }
    TaskRecord starter = running;
    return starter != null && starter.isBackground() && isOwnThread(starter);
  }

  private static boolean isOwnThread(TaskRecord task) {
    return task.thread() == Thread.currentThread();
  }

  @Override
  void accept(Runnable slice, Thread thread, @Nullable TaskRecord starting) {
    if (processes.keep(thread, slice)) {
      return;
    }
    TaskRecord task = starting == null ? recordOf(thread) : starting;
    if (starting != null) {
      begin(starting);
      processes.begins(starting);
    } else if (unblocks.isWatching()) {
      unblocks.forget(task);
    }
    if (running == task) {
      runningIsReady = true;
    } else if (running != null) {
      polling.wakesOther();
      if (exploring != null) {
        exploring.wakes(task);
      }
    }
    if (closely != null && running != task) {
      closely.becomesReady(task, cause(starting != null));
    }
    makeReady(task.with(slice));
  }

  void makeReady(TaskRecord task) {
    LoopProcess home = task.home();
    if (home == null || !home.isPaused()) {
      ready.add(task);
    } else {
      home.hold(task);
    }
  }

  private SliceObserver.Closely.Cause cause(boolean starts) {
    if (isTakenIn) {
      return SliceObserver.Closely.Cause.OUTSIDE;
    }
    if (starts) {
      return SliceObserver.Closely.Cause.START;
    }
    return running == null ? SliceObserver.Closely.Cause.TIMER : SliceObserver.Closely.Cause.TASK;
  }

  /**
   * {@code Thread.getStackTrace()} of a ready virtual thread submits its slice once more (JDK 25,
   * {@code VirtualThread.tryGetStackTrace}); by then the task may have ended.
   */
  @Override
  void acceptHandedOver(Runnable slice, Thread thread, @Nullable TaskRecord starting) {
    TaskRecord task = starting == null ? tasks.of(thread) : starting;
    if (task == null) {
      processes.keep(thread, slice);
      return;
    }
    if (task.watched) {
      task.handedOver = slice;
    } else {
      isTakenIn = true;
      accept(slice, thread, starting);
      isTakenIn = false;
    }
  }

  @Override
  void handlerFailed(Thread thread, Throwable ofHandler) {
    loop.handlerFailed(thread, ofHandler);
  }

  @Override
  Thread.UncaughtExceptionHandler uncaught() {
    return loop.uncaught();
  }

  private TaskRecord recordOf(Thread thread) {
    TaskRecord task = running;
    if (task != null && task.thread() == thread) {
      return task;
    }
    task = tasks.of(thread);
    if (task == null) {
      throw new IllegalStateException(
          "Thread %s runs on %s, which never saw it start; please report this."
              .formatted(thread, loop));
    }
    return task;
  }

  /**
   * A timed wait for something outside, such as one with a socket's time-out, is a timer, too; but
   * the loop waits for the outside until as much time has really passed.
   */
  @Override
  public @Nullable ScheduledFuture<?> schedule(Runnable command, long delayNanos) {
    TaskRecord task = running;
    if (task != null && task.isWaitingBriefly()) {
      return super.schedule(command, 0); // fired at the end of the slice
    }
    if (task != null && task.isOutside()) {
      task.outsideUntil(timers.after(delayNanos), System.nanoTime() + delayNanos);
    } else if (task != null && delayNanos <= Polling.BRIEF_NANOS) {
      polling.waitsBriefly();
      return timers.addBrief(delayNanos, command);
    }
    ScheduledFuture<?> scheduled = super.schedule(command, delayNanos);
    if (task != null && task.home() != null) {
      task.limit(scheduled);
    }
    return scheduled;
  }

  @Override
  public long nanoTime() {
    return NANO_TIME_ORIGIN + clock.nanos();
  }

  @Override
  public long currentTimeMillis() {
    return clock.now().toEpochMilli();
  }

  /** A seed means any order: of the task that runs and those that it has just made ready, too. */
  @Override
  public void handsOver() {
    if (preempts && !isStarting && polling.takeWoken() && !randomness.isInFirstUse()) {
      mayLetOthersRun();
    }
  }

  /** The monitor that was just given back may have an heir, who is not ready yet. */
  @Override
  public void atHandOver() {
    if (preempts
        && exploring == null
        && !randomness.isInFirstUse()
        && (ready.size() > 0 || isHeirMissing())) {
      askWhetherOthersRun();
    }
  }

  @Override
  public void startWithoutHandOver(Thread thread) {
    isStarting = true;
    try {
      thread.start();
    } finally {
      isStarting = false;
    }
  }

  @Override
  public @Nullable SwitchPoints switchPoints() {
    return randomness.isInFirstUse() ? null : exploring;
  }

  /**
   * Asks the strategy whether the running task, which calls, lets others run first; returns when it
   * goes on.
   */
  public void mayLetOthersRun() {
    if (exploring != null && isHeirMissing()) {
      letOthersRun();
      return;
    }
    if (ready.size() > 0) {
      askWhetherOthersRun();
    }
  }

  private void askWhetherOthersRun() {
    TaskRecord task = running;
    if (task != null && strategy.preempts(handOvers++, task, this)) {
      observer.preempted(handOvers - 1);
      letOthersRun();
    }
  }

  /**
   * Makes a decision of the strategy's about the running task that is numbered, recorded and
   * repeated as those about hand-overs are.
   *
   * @param decision takes the number
   */
  public boolean decides(IntPredicate decision) {
    int number = handOvers++;
    boolean decided = decision.test(number);
    if (decided) {
      observer.preempted(number);
    }
    return decided;
  }

  /**
   * Draws from the schedule whether something happens, to the running task if there is one; never
   * where tasks run first in, first out.
   */
  public boolean happens(Chance chance) {
    return draw(chance) > 0;
  }

  /**
   * Draws from the schedule in which way something happens. Each way has a number of its own, so
   * that one is recorded whatever was drawn, and none if nothing happens.
   *
   * @return from 1; 0 if it does not happen
   */
  public int draw(Chance chance) {
    if (!preempts || randomness.isInFirstUse()) {
      return 0;
    }
    int first = handOvers;
    handOvers += chance.ways();
    int way = strategy.draw(first, chance);
    if (way > 0) {
      observer.preempted(first + way - 1);
    }
    return way;
  }

  /** The running task, which calls, and its place in the program, in words. */
  public String caller() {
    return CallSite.here();
  }

  /** How many decisions there have been that are numbered: see {@link #decides}. */
  public int decisions() {
    return handOvers;
  }

  /** Whether somebody could run whom only {@link #settle} makes ready. */
  private boolean isHeirMissing() {
    if (!unblocks.isWatching()) {
      return false;
    }
    admit();
    return unblocks.hasHandOver();
  }

  /**
   * Lets the running task, which calls, wait until {@link #unparkForMonitor} is called for it, or
   * it is interrupted; reports show that it waits for the monitor of an object.
   */
  public void parkForMonitor(Object monitor) {
    LockSupport.park(new MonitorWait(monitor));
  }

  /** Lets a task go on that waits for a monitor. */
  public void unparkForMonitor(TaskRecord task) {
    LockSupport.unpark(task.thread());
  }

  /** Lets others run before the running task, which calls; what the strategy need not be asked. */
  public void letOthersRun() {
    polling.isPreempted();
    Thread.yield();
  }

  @Override
  public void readsClock() {
    TaskRecord task = running;
    if (task != null && !randomness.isInFirstUse() && polling.readsTooOften()) {
      Thread.yield();
      if (running == task && polling.isSameSlice()) {
        polling.pollsPinned(task);
      }
    }
  }

  @Override
  public long nanoTimeAdjustment(long offsetSeconds) {
    return nanoTimeAdjustment(offsetSeconds, 0);
  }

  /**
   * @param aheadNanos by how much the clock of the caller is ahead
   */
  long nanoTimeAdjustment(long offsetSeconds, long aheadNanos) {
    Instant now = clock.now().plusNanos(aheadNanos);
    long seconds = now.getEpochSecond() - offsetSeconds;
    return Math.abs(seconds) > SECONDS_THAT_FIT
        ? -1
        : TimeUnit.SECONDS.toNanos(seconds) + now.getNano();
  }

  @Override
  public Executor asyncExecutor() {
    return own.asyncExecutor();
  }

  @Override
  public void scheduleDelayed(ScheduledFuture<?> action) {
    scheduleDelayed(action, own);
  }

  /**
   * @param process where the action is to run
   */
  void scheduleDelayed(ScheduledFuture<?> action, ProcessState process) {
    notes.delayedJobs().add(action, currentTimeMillis());
    timers.add(
        action.getDelay(TimeUnit.NANOSECONDS), () -> process.execute((Runnable) action), action);
  }

  @Override
  public void waitsOutside(boolean waits) {
    TaskRecord task = recordOf(Thread.currentThread());
    if (isPinnedOutside) {
      isPinnedOutside = false;
      long passed = task.outsideUntilIfPassed(System.nanoTime());
      if (passed != Timers.NONE) {
        clock.moveTo(Math.max(passed, clock.nanos()));
      }
    }
    task.outside(waits);
  }

  @Override
  public void waitsForProcess() {
    recordOf(Thread.currentThread()).outsideForProcess();
  }

  @Override
  public void waitsFor(JdkService service) {
    recordOf(Thread.currentThread()).waitsFor(service);
  }

  @Override
  public void polls(int file, int event) {
    recordOf(Thread.currentThread()).polls(file, event);
  }

  /** The carrier cannot run anything else meanwhile, so time passes for all. */
  @Override
  public boolean parkPinned(long nanos) {
    TaskRecord task = Objects.requireNonNull(running);
    if (nanos <= 0 || nanos >= Timers.FOR_EVER) {
      carrierHold.refuseWaitFor(task);
      return false;
    }
    if (task.isOutside()) {
      task.outsideUntil(timers.after(nanos), System.nanoTime() + nanos);
      isPinnedOutside = true;
      return false;
    }
    clock.moveTo(timers.after(nanos));
    return true;
  }

  @Override
  public void drive(Runnable driving) {
    randomness.drive(() -> super.drive(driving));
  }

  @Override
  public Numbers numbers() {
    return numbers;
  }

  @Override
  void number(Thread unstarted) {
    if (!Thread.currentThread().isVirtual()) {
      numbers.renumber(unstarted);
    }
  }

  @Override
  public TaskNotes notes() {
    return notes;
  }

  @Override
  public Randomness randomness() {
    return randomness;
  }

  @Override
  public ForkJoinPool commonPool() {
    return own.commonPool();
  }

  @Override
  public LibraryTwins twins() {
    return own.twins();
  }

  /** Cancels every living task but {@code except}; threads of pools end when they are idle. */
  @Override
  public void cancelAll(Thread except) {
    ending = true;
    processes.resumeAll();
    super.cancelAll(except);
  }

  @Override
  public void close() {
    super.close();
    processes.forget();
    if (exploring == null && preempts) {
      SeededPrograms.closes();
    }
    HandedOver.forget(this);
    ChannelHandlers.forget(this);
    WokenThreads.forget(this);
    SwallowedFailures.forget(this);
    StrandedPools.leave(this);
    numbers.release();
    own.shutdown().take().forEach(VirtualScheduler::leaveToJvm);
  }

  /** The run has not ended as a JVM does, so what its hooks look after can live on. */
  private static void leaveToJvm(Thread hook) {
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalArgumentException | IllegalStateException e) {
      // The program has started it, or the JVM is ending already.
    }
  }

  @Override
  public boolean isEnding() {
    return ending;
  }

  @Override
  public AgentHooks.Hooked loop() {
    return this;
  }

  @Override
  Executor home() {
    return processes.ofStarter();
  }

  /** The same of its processes. */
  @Override
  public boolean hasNonDaemons() {
    return super.hasNonDaemons() || processes.areAnyLeft();
  }

  /** The processes of the loop; for its tasks, and for the thread that drives it. */
  public LoopProcesses processes() {
    return processes;
  }

  @Override
  public void keepsFailure(Throwable failure) {
    if (closely != null) {
      closely.failed(running, failure);
    }
  }

  @Override
  public void uncaught(Thread thread, Throwable exception) {
    loop.uncaught().uncaughtException(thread, exception);
  }

  @Override
  public void addShutdownHook(Thread hook) {
    own.shutdown().add(hook);
  }

  @Override
  public boolean removeShutdownHook(Thread hook) {
    return own.shutdown().remove(hook);
  }

  @Override
  public void exit(int status) {
    own.shutdown().run();
    halt(status);
  }

  /**
   * As {@code Runtime.halt} never returns, neither does this: the driver sees the status and stops.
   */
  @Override
  public void halt(int status) {
    exitStatus = status;
    while (true) {
      LockSupport.park(this);
      Thread.interrupted();
    }
  }
}
