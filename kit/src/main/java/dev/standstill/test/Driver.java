package dev.standstill.test;

import dev.standstill.core.InterruptWatch;
import dev.standstill.core.OutsideWait;
import dev.standstill.core.Timers;
import dev.standstill.core.VirtualClock;
import dev.standstill.core.VirtualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Moves a loop on: runs its slices, waits for what is outside, lets time jump, and stops at the
 * limits. Its methods are for one thread at a time, the driver, and refuse all others.
 *
 * <p>The order of things is: ready tasks run; timers that are due fire; outside work is waited for;
 * the call returns, or time jumps to the next timer.
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
  private final long realTimeLimit;
  private final int livelockLimit;
  private final ReentrantLock driving = new ReentrantLock();

  /** The number of the slice that was next when time last moved. */
  private long slicesAtJump;

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
  }

  TimeHolds holds() {
    return holds;
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
    try {
      slicesAtJump = recording.slices();
      scheduler.drive(what);
    } finally {
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
    runUntilBlocked(() -> false);
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
    int jumps = 0;
    while (scheduler.timers().next() != Timers.NONE) {
      if (++jumps > livelockLimit) {
        throw new LivelockException(
            "%s moved time %d times and timers are still pending; a task that repeats has no end. Running last: %s."
                .formatted(loop, livelockLimit, recentTasks()));
      }
      jumpTo(scheduler.timers().next());
      runUntilTimeMayMove(() -> false);
    }
  }

  /**
   * Runs until {@code done}, time jumping at each standstill; false if all stands still for good.
   */
  boolean runTo(BooleanSupplier done) {
    return runToDeadline(done, Timers.NONE);
  }

  /** Like {@link #runTo(BooleanSupplier)}; false also if time would go past {@code deadline}. */
  boolean runToDeadline(BooleanSupplier done, long deadline) {
    while (true) {
      runUntilTimeMayMove(done);
      if (done.getAsBoolean()) {
        return true;
      }
      long next = scheduler.timers().next();
      if (next == Timers.NONE) {
        return false;
      }
      if (next > deadline) {
        jumpTo(deadline);
        return false;
      }
      jumpTo(next);
    }
  }

  /**
   * Runs until {@code done}, or until so much time has passed; false then. More can pass, because
   * pinned tasks move time.
   */
  boolean runTo(BooleanSupplier done, long nanos) {
    long end = Math.min(clock.nanos(), END_OF_TIME - nanos) + nanos;
    runUntilTimeMayMove(done);
    while (!done.getAsBoolean() && scheduler.timers().next() <= end) {
      jumpTo(scheduler.timers().next());
      runUntilTimeMayMove(done);
    }
    if (!done.getAsBoolean()) {
      jumpTo(Math.max(end, clock.nanos()));
    }
    return done.getAsBoolean();
  }

  /** Returns when all are durably blocked and nobody holds time, or {@code done}. */
  private void runUntilTimeMayMove(BooleanSupplier done) {
    runUntilBlocked(done);
    while (holds.isHeld() && !done.getAsBoolean()) {
      awaitOutside();
      runUntilBlocked(done);
    }
  }

  /** Lets tasks go on while some are left that are not meant to be cut off. */
  void runUntilBlockedOrDone() {
    runUntilBlocked(scheduler::isDoneButBackground);
  }

  /** Returns when all are durably blocked, or {@code done}. */
  private void runUntilBlocked(BooleanSupplier done) {
    while (!done.getAsBoolean()) {
      scheduler.fireDue();
      if (!runOne()) {
        if (scheduler.outsideWaits().isEmpty() && !scheduler.hasReady()) {
          return;
        }
        awaitOutside();
      }
    }
  }

  private boolean runOne() {
    stopIfInterrupted();
    boolean ran = scheduler.runOne();
    Integer status = scheduler.exitStatus();
    if (status != null) {
      throw new ExitException(status);
    }
    if (recording.slices() - slicesAtJump > livelockLimit) {
      throw new LivelockException(
          "%s ran %d slices and time did not move: the tasks keep each other busy. Running last: %s.%s"
              .formatted(loop, livelockLimit, recentTasks(), loop.howToRepeat()));
    }
    return ran;
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
    return recording.recentTasks().stream()
        .map(name -> '"' + name + '"')
        .collect(Collectors.joining(", "));
  }

  private void jumpTo(long moment) {
    slicesAtJump = recording.slices();
    scheduler.moveTo(moment);
  }

  /** Waits in real time until another thread hands something over or lets time go. */
  private void awaitOutside() {
    long began = System.nanoTime();
    boolean held = holds.isHeld();
    while (!scheduler.hasReady() && held == holds.isHeld() && isAnyoneOutside(held)) {
      long left = realTimeLimit - (System.nanoTime() - began);
      stopIfInterrupted();
      if (left <= 0) {
        throw new OutsideWaitException(describeOutside());
      }
      scheduler.awaitEntries(Math.min(left, LOOK_AGAIN_NANOS));
    }
  }

  private boolean isAnyoneOutside(boolean held) {
    return held || !scheduler.outsideWaits().isEmpty();
  }

  private String describeOutside() {
    List<OutsideWait> waits = scheduler.outsideWaits();
    Stream<String> tasks = waits.stream().map(OutsideWait::toString);
    String who =
        Stream.concat(holds.reasons().stream().map(r -> "time is held: " + r), tasks)
            .collect(Collectors.joining("; "));
    return loop.failure(
        "%s waited %s of real time for what is outside of it, its limit: %s."
            .formatted(loop, Duration.ofNanos(realTimeLimit), who));
  }
}
