package dev.standstill.test;

import dev.standstill.core.HeldCarrier;
import dev.standstill.core.InterruptWatch;
import dev.standstill.core.OutsideWait;
import dev.standstill.core.TaskRecord;
import dev.standstill.core.TaskStoppedError;
import dev.standstill.core.Timers;
import dev.standstill.core.VirtualClock;
import dev.standstill.core.VirtualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Moves a loop on: runs its slices, waits for what is outside, lets time jump, and stops at the
 * limits. Its methods are for one thread at a time, the driver, and refuse all others.
 *
 * <p>The order of things is: ready tasks run; timers that are due fire; outside work is waited for;
 * the call returns, or time jumps to the next timer. Where all that runs only polls, that is a
 * standstill for calls that may move time, and for them only.
 */
final class Driver {

  /** The last moment that a clock can show, 292 years after its start. */
  private static final long END_OF_TIME = Timers.NONE - 1;

  /** A thread that ends or lets a lock go does not always tell the loop. */
  private static final long LOOK_AGAIN_NANOS = 1_000_000;

  private final VirtualTimeLoop loop;
  private final VirtualScheduler scheduler;
  private final VirtualClock clock;
  private final Recording recording;
  private final TimeHolds holds;
  private final Properties properties = new Properties();
  private volatile long realTimeLimit;
  private final int livelockLimit;
  private final long moveLimit;
  private final StandstillWaits standstillWaits = new StandstillWaits();
  private final OutsideLog outsideLog = new OutsideLog();
  private final ReentrantLock driving = new ReentrantLock();

  /** The number of the slice that was next when time last moved, but for polling. */
  private long slicesAtJump;

  /** How often time has moved in this drive since this moment, when what it waits for last ran. */
  private long moves;

  private long movesSince;

  /** How far time may move now, because something outside is waited for; NONE if nothing is. */
  private long latestMoment = Timers.NONE;

  /** For how long the outside was waited for while tasks polled and nothing came of it. */
  private long nanosPolling;

  /** What was outside when that was last asked. */
  private List<OutsideWait> lastOutside = List.of();

  /** Of the thread that drives just now; null while none does, or one that must not be stopped. */
  private @Nullable InterruptWatch interrupts;

  Driver(
      VirtualTimeLoop loop,
      VirtualScheduler scheduler,
      VirtualClock clock,
      Recording recording,
      TestLoop.Builder builder) {
    this.loop = loop;
    this.scheduler = scheduler;
    this.clock = clock;
    this.recording = recording;
    this.holds = new TimeHolds(scheduler::wake);
    this.realTimeLimit = builder.realTimeLimit.toNanos();
    this.livelockLimit = builder.livelockLimit;
    this.moveLimit = builder.moveLimit == 0 ? builder.livelockLimit : builder.moveLimit;
  }

  VirtualTimeLoop loop() {
    return loop;
  }

  long realTimeLimit() {
    return realTimeLimit;
  }

  /** Any thread may call. */
  void setRealTimeLimit(long nanos) {
    realTimeLimit = nanos;
  }

  /** How many slices have run; other threads may see a stale answer. */
  long slices() {
    return recording.slices();
  }

  VirtualScheduler scheduler() {
    return scheduler;
  }

  Properties properties() {
    return properties;
  }

  TimeHolds holds() {
    return holds;
  }

  OutsideLog outsideLog() {
    return outsideLog;
  }

  StandstillWaits standstillWaits() {
    return standstillWaits;
  }

  /** Lets the calling thread drive while {@code what} runs, or until it is interrupted. */
  void drive(String method, Runnable what) {
    exclusively(method, () -> untilInterrupted(what));
  }

  /** Lets the calling thread drive while {@code what} runs; an interrupt is kept for the caller. */
  void driveToTheEnd(String method, Runnable what) {
    InterruptWatch watch = new InterruptWatch();
    Thread.interrupted();
    try {
      exclusively(method, what);
    } finally {
      watch.stop();
    }
  }

  private void untilInterrupted(Runnable what) {
    InterruptWatch watch = new InterruptWatch();
    interrupts = watch;
    try {
      what.run();
    } finally {
      interrupts = null;
      watch.stop();
    }
  }

  private void exclusively(String method, Runnable what) {
    refuseVirtual(method);
    if (driving.isHeldByCurrentThread() || !driving.tryLock()) {
      throw new IllegalStateException(
          "%s was called by thread \"%s\" while %s is being driven already: one thread at a time can."
              .formatted(method, Thread.currentThread().getName(), loop));
    }
    Watchdog.Watch watch = Watchdog.watch();
    Driver before = watch.begin(this);
    try {
      slicesAtJump = recording.slices();
      moves = 0;
      movesSince = clock.nanos();
      latestMoment = Timers.NONE;
      nanosPolling = 0;
      scheduler.drive(what);
    } catch (TaskStoppedError e) {
      throw stuck(Objects.requireNonNull(scheduler.carrierHold().caught()));
    } finally {
      watch.end(before);
      driving.unlock();
      VirtualScheduler.takeInitializerCycles().forEach(loop::warnOfInitializers);
    }
  }

  boolean isDriving() {
    return driving.isHeldByCurrentThread();
  }

  boolean isDriven() {
    return driving.isLocked();
  }

  private void refuseVirtual(String method) {
    Thread caller = Thread.currentThread();
    if (caller.isVirtual()) {
      throw new IllegalStateException(
          "%s was called by virtual thread \"%s\": a loop has to be driven by a platform thread. A task lets time pass with Thread.sleep()."
              .formatted(method, caller.getName()));
    }
  }

  void step() {
    scheduler.fireDue();
    if (!runOne()) {
      int blocked = scheduler.tasks().size();
      throw new IllegalStateException(
          "step(): no task is ready. %s; %s."
              .formatted(
                  blocked == 0
                      ? "None is left"
                      : FailureReport.count(blocked, "is blocked", "are blocked")
                          + " (blocked() lists them)",
                  nextTimer()));
    }
  }

  private String nextTimer() {
    long next = scheduler.timers().next();
    return next == Timers.NONE
        ? "no timer is pending"
        : "the next timer is at +%s: use advanceToNextTimer()"
            .formatted(Duration.ofNanos(next - clock.nanos()));
  }

  void runReady() {
    do {
      scheduler.fireDue();
    } while (runOne());
  }

  void runUntilBlocked() {
    runUntilBlocked(() -> false, false);
  }

  void advance(long nanos) {
    runTo(() -> false, nanos);
  }

  void advanceToNextTimer() {
    runUntilTimeMayMove(() -> false);
    long next = scheduler.timers().next();
    if (next == Timers.NONE) {
      throw new IllegalStateException(
          "advanceToNextTimer(): no timer is pending on %s.".formatted(loop));
    }
    jumpTo(next);
    runUntilBlocked();
  }

  void runUntilIdle() {
    runUntilTimeMayMove(() -> false);
    for (long next = nextMoment(); next != Timers.NONE; next = nextMoment()) {
      countMove(task -> false);
      jumpTo(next);
      runUntilTimeMayMove(() -> false);
    }
  }

  /**
   * Runs until {@code done}, time jumping at each standstill; false if all stands still for good,
   * or if time would go past {@code deadline}.
   *
   * @param awaited those of the tasks that are waited for
   * @param deadline in nanoseconds of the clock; NONE if there is none
   */
  boolean runToDeadline(BooleanSupplier done, Predicate<TaskRecord> awaited, long deadline) {
    while (true) {
      runUntilTimeMayMove(done);
      if (done.getAsBoolean()) {
        return true;
      }
      long next = nextMoment();
      if (scheduler.hasLockCycle() || next == Timers.NONE && !awaitServices()) {
        return false;
      }
      if (next == Timers.NONE) {
        continue;
      }
      if (next > deadline) {
        jumpTo(deadline);
        return false;
      }
      if (deadline == Timers.NONE) {
        countMove(awaited);
      }
      jumpTo(next);
    }
  }

  /**
   * Runs until {@code done}, or until so much time has passed; false then. More can pass, because
   * pinned tasks move time.
   */
  boolean runTo(BooleanSupplier done, long nanos) {
    long end = nanosFromNow(nanos);
    runUntilTimeMayMove(done);
    while (!done.getAsBoolean() && nextMoment() <= end) {
      jumpTo(nextMoment());
      runUntilTimeMayMove(done);
    }
    if (!done.getAsBoolean()) {
      jumpTo(Math.max(end, clock.nanos()));
    }
    return done.getAsBoolean();
  }

  /**
   * Time is about to move in a call that has no other end than what it waits for.
   *
   * @throws LivelockException if it has moved too often and none of what is waited for has run
   */
  private void countMove(Predicate<TaskRecord> awaited) {
    if (++moves <= moveLimit) {
      return;
    }
    boolean getsOn =
        scheduler.tasks().stream()
            .filter(awaited)
            .anyMatch(task -> task.blockedSince() > movesSince);
    if (!getsOn) {
      throw livelock(
          "%s moved time %d times and timers are still pending; a task that repeats has no end."
              .formatted(loop, moveLimit));
    }
    moves = 0;
    movesSince = clock.nanos();
  }

  /** When time moves next, or NONE; no further than the machine has had its time. */
  private long nextMoment() {
    return Math.min(scheduler.nextMoment(), latestMoment);
  }

  /** Returns when time may move, or {@code done}. */
  private void runUntilTimeMayMove(BooleanSupplier done) {
    runUntilBlocked(done, true);
    while (holds.isHeld() && !done.getAsBoolean()) {
      awaitOutside(false);
      runUntilBlocked(done, true);
    }
  }

  /** Lets tasks go on while some are left that are not meant to be cut off. */
  void runUntilBlockedOrDone() {
    runUntilBlocked(scheduler::isDoneButBackground, false);
  }

  /** The moment so many nanoseconds from now, or the last there is. */
  long nanosFromNow(long nanos) {
    return Math.min(clock.nanos(), END_OF_TIME - nanos) + nanos;
  }

  /** Moves time to the next timer and lets tasks go on; false if none is due until {@code end}. */
  boolean advanceToTimerUntil(long end) {
    long next = scheduler.timers().next();
    if (next > end) {
      return false;
    }
    jumpTo(next);
    runUntilBlockedOrDone();
    return true;
  }

  /**
   * Returns when all are durably blocked, or {@code done}.
   *
   * @param timeMayMove whether to return also when only that can help
   */
  private void runUntilBlocked(BooleanSupplier done, boolean timeMayMove) {
    while (!done.getAsBoolean()) {
      scheduler.fireDue();
      if (timeMayMove && scheduler.isOnlyPolling()) {
        if (mayMove(isAnyoneOutside(false)) && !scheduler.hasEntries()) {
          return;
        }
        letOutsideGetOn();
      }
      if (!runOne() && isStandstill(timeMayMove)) {
        return;
      }
    }
  }

  /**
   * Whether nothing can run and nobody is waited for, who may have handed something over before he
   * ceased to be outside. Else waits until there is something to do.
   */
  private boolean isStandstill(boolean timeMayMove) {
    boolean outside = isAnyoneOutside(false);
    if (scheduler.hasReady()) {
      return false;
    }
    if (outside && !(timeMayMove && mayMove(true))) {
      awaitOutside(timeMayMove);
      return false;
    }
    latestMoment = outside ? latestMoment : Timers.NONE;
    return outside || !standstillWaits.release();
  }

  /**
   * Whether time may move, and how far, as far as the outside is concerned.
   *
   * @param outside whether anybody outside is waited for
   */
  private boolean mayMove(boolean outside) {
    latestMoment = outside ? scheduler.passedOutside() : Timers.NONE;
    return !holds.isHeld() && latestMoment > clock.nanos();
  }

  /** Tasks poll, perhaps for what comes from the outside. */
  private void letOutsideGetOn() {
    if (nanosPolling > realTimeLimit) {
      throw new OutsideWaitException(describeOutside());
    }
    long began = System.nanoTime();
    boolean came = scheduler.awaitEntries(LOOK_AGAIN_NANOS);
    long waited = System.nanoTime() - began;
    nanosPolling = came ? 0 : nanosPolling + waited;
    outsideLog.waited(waited, lastOutside, holds.reasons());
    scheduler.startRoundOfPolls();
  }

  private boolean runOne() {
    stopIfInterrupted();
    boolean ran = scheduler.runOne();
    if (ran && properties.areAny()) {
      checkProperties();
    }
    Integer status = scheduler.exitStatus();
    if (status != null) {
      throw new ExitException(status);
    }
    HeldCarrier held = scheduler.carrierHold().caught();
    if (held != null) {
      throw stuck(held);
    }
    if (recording.slices() - slicesAtJump > livelockLimit) {
      boolean polls = recording.recent().stream().allMatch(scheduler::isPolling);
      throw livelock(
          (polls
                  ? "%s ran %d slices and nothing came of it: all that runs polls without blocking."
                  : "%s ran %d slices and time did not move: the tasks keep each other busy.")
              .formatted(loop, livelockLimit));
    }
    return ran;
  }

  private void checkProperties() {
    Properties.Broken broken = properties.broken();
    if (broken != null) {
      String why = broken.failure() == null ? "" : ", as it fails with " + broken.failure();
      throw new BrokenPropertyException(
          broken.name(),
          loop.failure(
              "%s: \"%s\" does not hold %s after the start, when task \"%s\" has run%s."
                  .formatted(
                      loop,
                      broken.name(),
                      Duration.ofNanos(clock.nanos()),
                      recording.latest().name(),
                      why)),
          broken.failure());
    }
  }

  private LivelockException livelock(String why) {
    return new LivelockException(
        loop.failure("%s Running last: %s.".formatted(why, recentTasks()), recording.recent()));
  }

  /** What is thrown for a task that keeps the carrier; its end, if it was ended, is over then. */
  private RuntimeException stuck(HeldCarrier held) {
    scheduler.carrierHold().endStop();
    return held.awaited() == null
        ? new StuckTaskException(loop.failure(describe(held)))
        : loop.deadlock(describe(held));
  }

  private String describe(HeldCarrier held) {
    return FailureReport.held(held, loop.toString(), Duration.ofNanos(realTimeLimit), "");
  }

  /** What is said, on another thread, of a task that not even an error ends. */
  String describeUnstoppable(HeldCarrier held) {
    String end =
        " Nothing ends it, as it is in native code or catches all errors, so thread \"%s\", which drives, cannot go on."
            .formatted(held.driver().getName());
    return FailureReport.held(held, loop.toString(), Duration.ofNanos(realTimeLimit), end);
  }

  private void stopIfInterrupted() {
    if (interrupts != null && interrupts.isInterrupted()) {
      Thread driver = Thread.currentThread();
      String why =
          "Thread \"%s\" was interrupted while it drove %s.".formatted(driver.getName(), loop);
      DriverInterruptedException stopped = new DriverInterruptedException(loop.failure(why));
      driver.interrupt();
      throw stopped;
    }
  }

  private String recentTasks() {
    return recording.recent().stream()
        .map(task -> '"' + task.name() + '"')
        .collect(Collectors.joining(", "));
  }

  private void jumpTo(long moment) {
    nanosPolling = 0;
    if (scheduler.moveTo(moment)) {
      slicesAtJump = recording.slices();
    }
  }

  /**
   * Waits in real time until another thread hands something over or lets time go.
   *
   * @param timeMayMove whether to return also when it may
   */
  private void awaitOutside(boolean timeMayMove) {
    long began = System.nanoTime();
    List<String> reasons = holds.reasons();
    List<OutsideWait> waits = reasons.isEmpty() ? lastOutside : List.of();
    try {
      awaitOutside(timeMayMove, began);
    } finally {
      outsideLog.waited(System.nanoTime() - began, waits, reasons);
    }
  }

  private void awaitOutside(boolean timeMayMove, long began) {
    boolean held = holds.isHeld();
    while (!scheduler.hasReady()
        && held == holds.isHeld()
        && isAnyoneOutside(held)
        && !(timeMayMove && mayMove(true))) {
      long left = realTimeLimit - (System.nanoTime() - began);
      stopIfInterrupted();
      if (left <= 0) {
        throw new OutsideWaitException(describeOutside());
      }
      scheduler.awaitEntries(Math.min(left, LOOK_AGAIN_NANOS));
    }
  }

  /**
   * Waits in real time for what threads of the JDK bring, since nothing else can help: another
   * program may write a file that a task watches. Returns whether anybody waits for such a thread.
   */
  private boolean awaitServices() {
    long began = System.nanoTime();
    List<OutsideWait> waits = scheduler.patientWaits();
    while (!waits.isEmpty() && !scheduler.hasReady()) {
      stopIfInterrupted();
      if (System.nanoTime() - began > realTimeLimit) {
        throw new OutsideWaitException(describeOutside(waits));
      }
      scheduler.awaitEntries(LOOK_AGAIN_NANOS);
    }
    if (!waits.isEmpty()) {
      outsideLog.waited(System.nanoTime() - began, waits, List.of());
    }
    return !waits.isEmpty();
  }

  private boolean isAnyoneOutside(boolean held) {
    if (held) {
      return true;
    }
    lastOutside = scheduler.outsideWaits();
    return !lastOutside.isEmpty();
  }

  private String describeOutside() {
    return describeOutside(scheduler.outsideWaits());
  }

  private String describeOutside(List<OutsideWait> waits) {
    Stream<String> tasks = waits.stream().map(OutsideWait::toString);
    String who =
        Stream.concat(holds.reasons().stream().map(r -> "time is held: " + r), tasks)
            .collect(Collectors.joining("; "));
    return loop.failure(
        "%s waited %s of real time for what is outside of it, its limit: %s."
            .formatted(loop, Duration.ofNanos(realTimeLimit), who));
  }
}
