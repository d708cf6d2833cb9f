package dev.standstill.test;

import dev.standstill.EventLoop;
import dev.standstill.SignalRegistration;
import dev.standstill.Task;
import dev.standstill.TaskSnapshot;
import dev.standstill.ThrowingRunnable;
import dev.standstill.core.CodeOwner;
import dev.standstill.core.ExploringStrategy;
import dev.standstill.core.LoopExecutor;
import dev.standstill.core.LoopSignals;
import dev.standstill.core.Strategy;
import dev.standstill.core.TaskRecord;
import dev.standstill.core.TaskStoppedError;
import dev.standstill.core.Timers;
import dev.standstill.core.VirtualClock;
import dev.standstill.core.VirtualScheduler;
import dev.standstill.test.spi.LoopNetwork;
import dev.standstill.test.spi.LoopNetworks;
import dev.standstill.test.spi.RunFacts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The one kind of {@link TestLoop}: the scheduler of every loop, driven by {@link Driver}. */
final class VirtualTimeLoop extends LoopExecutor implements TestLoop {

  /** As the thread of a JVM is called that ends it when all other threads have ended. */
  private static final String SHUTS_DOWN = "DestroyJavaVM";

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private final VirtualClock clock;
  private final Recording recording;
  private final VirtualScheduler scheduler;
  private final Driver driver;
  private final LoopView view;
  private final @Nullable LoopNetwork network;
  private final Leaks leaks;
  private final boolean replayHint;
  private final boolean isExplored;
  private final boolean origins;
  private final Consumer<String> whenStuck;

  private volatile Thread.@Nullable UncaughtExceptionHandler handler;
  private volatile boolean terminated;
  private volatile boolean closed;

  /** Whether the user has been told already that tasks cannot end. */
  private boolean gaveUp;

  private VirtualTimeLoop(Builder builder, Strategy strategy, boolean origins) {
    super(builder.name, LoopSignals::raised);
    this.origins = origins;
    clock = new VirtualClock(builder.start);
    isExplored = strategy instanceof ExploringStrategy;
    recording = new Recording(clock, builder, isExplored, this::decisions);
    Schedule schedule = builder.schedule;
    scheduler =
        new VirtualScheduler(
            this,
            clock,
            strategy,
            schedule.seed().orElse(builder.randomSeedOfFifo),
            builder.commonPool,
            recording);
    TraceRecorder tracing = recording.tracing();
    if (tracing != null) {
      tracing.opens(scheduler);
    }
    driver = new Driver(this, scheduler, clock, recording, builder);
    view = new LoopView(this, scheduler, clock, driver);
    network =
        builder.network == null
            ? null
            : LoopNetworks.provider().open(this, scheduler, builder.network);
    if (tracing != null && network != null) {
      tracing.opens(network);
    }
    leaks = builder.leaks;
    replayHint = builder.replayHint;
    whenStuck = builder.whenStuck;
  }

  Properties properties() {
    return driver.properties();
  }

  /** What was to be seen sometimes, and whether it was. */
  static Map<String, Boolean> seenOf(TestLoop loop) {
    return ((VirtualTimeLoop) loop).properties().seen();
  }

  static Optional<LoopNetwork> networkOf(TestLoop loop) {
    return Optional.ofNullable(((VirtualTimeLoop) loop).network);
  }

  static VirtualTimeLoop open(Builder builder) {
    return open(builder, PlannedStrategy.of(builder.schedule));
  }

  static VirtualTimeLoop open(Builder builder, Strategy strategy) {
    return open(builder, strategy, true);
  }

  /** Opens a loop that does not note what only messages show: see {@link #keepsOrigins}. */
  static VirtualTimeLoop openWithoutOrigins(Builder builder, Strategy strategy) {
    return open(builder, strategy, false);
  }

  private static VirtualTimeLoop open(Builder builder, Strategy strategy, boolean origins) {
    VirtualScheduler.requireJdk();
    CodeOwner.addProgram(builder.packageOfProgram);
    VirtualTimeLoop loop = new VirtualTimeLoop(builder, strategy, origins);
    if (EventLoop.currentIfPresent().isEmpty()) {
      EventLoop.setCurrent(loop);
    }
    return loop;
  }

  @Override
  protected VirtualScheduler scheduler() {
    return scheduler;
  }

  @Override
  public boolean hasVirtualTime() {
    return true;
  }

  @Override
  protected Thread.UncaughtExceptionHandler uncaught() {
    return this::handle;
  }

  /** When garbage is collected must not decide whether a test fails. */
  @Override
  protected boolean keepsFailures() {
    return true;
  }

  @Override
  protected boolean keepsOrigins() {
    return origins;
  }

  @Override
  public void setUncaughtExceptionHandler(Thread.UncaughtExceptionHandler handler) {
    this.handler = Objects.requireNonNull(handler, "handler");
  }

  /** Those that are cancelled have all the virtual time that they need. */
  @Override
  public void setGrace(Duration grace) {
    requireGrace(grace);
  }

  @Override
  public void setLimit(int tasks, WhenFull then) {
    limit(tasks, then == WhenFull.WAIT);
  }

  @Override
  protected boolean isDrivenByCaller() {
    return !Thread.currentThread().isVirtual() && !driver.isDriven();
  }

  @Override
  public SignalRegistration onSignal(String signal, ThrowingRunnable handler) {
    Objects.requireNonNull(handler, "handler");
    return startAtSignal(signal, handler::run)::run;
  }

  @Override
  public void raiseSignal(String signal) {
    if (!raise(signal)) {
      throw new IllegalStateException(
          "Nothing on %s handles the signal %s, so a JVM would do with it what it does by default, such as end: call onSignal(\"%s\", ...) before."
              .formatted(this, signal, signal));
    }
  }

  private void handle(Thread thread, Throwable exception) {
    if (exception instanceof TaskStoppedError) {
      return; // whoever drives throws the reason
    }
    taskFailed(exception);
    Thread.UncaughtExceptionHandler ofUser =
        handler != null ? handler : Thread.getDefaultUncaughtExceptionHandler();
    if (ofUser != null) {
      handOver(ofUser, thread, exception);
    } else {
      addUnobservedFailure(thread, exception);
    }
  }

  @Override
  protected void taskFailed(Throwable cause) {
    TraceRecorder tracing = recording.tracing();
    if (tracing != null) {
      tracing.failed(scheduler.running(), cause);
    }
  }

  /** In a test it is a failure, as any that nobody has looked at. */
  @Override
  protected void handlerFailed(Thread thread, Throwable ofHandler) {
    if (!(ofHandler instanceof TaskStoppedError)) {
      addUnobservedFailure(thread, ofHandler);
    }
  }

  @Override
  public <V extends @Nullable Object> Task<V> spawn(String name, Callable<V> body) {
    return start(new VirtualTask<>(this, name, body, false), body);
  }

  @Override
  public Background background() {
    return this::spawnInBackground;
  }

  private <V extends @Nullable Object> Task<V> spawnInBackground(String name, Callable<V> body) {
    return start(new VirtualTask<>(this, name, body, true), body);
  }

  @Override
  public <V extends @Nullable Object> Task<V> spawn(Callable<V> body) {
    return spawn(nextName(), body);
  }

  @Override
  public void awaitStandstill() throws InterruptedException {
    if (!isOwnTask()) {
      throw new IllegalStateException(
          "awaitStandstill() was called by thread \"%s\", which is no task of %s: the thread that drives calls runUntilBlocked()."
              .formatted(Thread.currentThread().getName(), this));
    }
    driver.standstillWaits().await();
  }

  @Override
  public void expectNothing(Duration duration) throws InterruptedException {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "Nothing can be expected for 0 or more, not for %s.".formatted(duration));
    }
    Quiet quiet = new Quiet(clock, isOwnTask() ? Thread.currentThread() : null);
    if (isOwnTask()) {
      awaitStandstill();
      try (var _ = recording.watch(quiet)) {
        Thread.sleep(duration);
        awaitStandstill();
      }
    } else {
      drive("expectNothing()", () -> stayQuiet(quiet, duration));
    }
    quiet
        .brokenWithin(duration)
        .ifPresent(how -> {
          throw new AssertionError("%s: %s%s".formatted(this, how, howToRepeat()));
        });
  }

  private void stayQuiet(Quiet quiet, Duration duration) {
    driver.runUntilBlocked();
    try (var _ = recording.watch(quiet)) {
      driver.advance(TimeUnit.NANOSECONDS.convert(duration));
    }
  }

  private void drive(String method, Runnable what) {
    try {
      driver.drive(method, what);
    } catch (OutsideWaitException
        | LivelockException
        | StuckTaskException
        | DriverInterruptedException e) {
      ends(outcome(e), String.valueOf(e.getMessage()), List.of(), List.of());
      throw e;
    }
  }

  @Override
  public void runReady() {
    drive("runReady()", driver::runReady);
  }

  @Override
  public void runUntilBlocked() {
    drive("runUntilBlocked()", driver::runUntilBlocked);
  }

  @Override
  public void step() {
    drive("step()", driver::step);
  }

  @Override
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("Time cannot be advanced by " + duration + ".");
    }
    drive("advance()", () -> driver.advance(TimeUnit.NANOSECONDS.convert(duration)));
  }

  @Override
  public void advanceToNextTimer() {
    drive("advanceToNextTimer()", driver::advanceToNextTimer);
  }

  @Override
  public void runUntilIdle() {
    drive("runUntilIdle()", driver::runUntilIdle);
  }

  @Override
  public <V extends @Nullable Object> V run(Callable<V> body) throws Exception {
    refuseRunByTask();
    return runUntilDone(startAtOnce(new VirtualTask<>(this, "main", body, false)));
  }

  @Override
  public <V extends @Nullable Object> V runUntilDone(Future<V> future) throws Exception {
    drive("runUntilDone()", () -> runTo(future, Timers.NONE));
    return resultOf(future);
  }

  @Override
  public <V extends @Nullable Object> V runUntilDone(Future<V> future, Duration timeout)
      throws Exception {
    long deadline = clock.nanos() + TimeUnit.NANOSECONDS.convert(timeout);
    drive("runUntilDone()", () -> runTo(future, deadline));
    if (!future.isDone()) {
      throw timedOut(timeout);
    }
    return resultOf(future);
  }

  /** Returns when {@code future} is done or time stands at {@code deadline}. */
  private void runTo(Future<?> future, long deadline) {
    try {
      runTo(
          future::isDone, task -> task.thread().getUncaughtExceptionHandler() == future, deadline);
    } catch (OutsideWaitException
        | LivelockException
        | StuckTaskException
        | BrokenPropertyException
        | DriverInterruptedException e) {
      gaveUp = true;
      throw e;
    }
  }

  private static Trace.Outcome outcome(RuntimeException problem) {
    return switch (problem) {
      case OutsideWaitException _ -> Trace.Outcome.OUTSIDE;
      case LivelockException _ -> Trace.Outcome.LIVELOCK;
      case StuckTaskException _ -> Trace.Outcome.STUCK;
      default -> Trace.Outcome.FAILED;
    };
  }

  private TimeoutException timedOut(Duration timeout) {
    gaveUp = true;
    String why = "%s: not done after %s of virtual time.".formatted(this, timeout);
    return new TimeoutException(FailureReport.of(why, view.findings(), howToRepeat().strip()));
  }

  @Override
  public void runToExit() {
    runToExit(Timers.NONE);
  }

  @Override
  public boolean runToExit(Duration limit) {
    return runToExit(Timers.later(clock.nanos(), TimeUnit.NANOSECONDS.convert(limit)));
  }

  private boolean runToExit(long deadline) {
    AtomicBoolean ended = new AtomicBoolean();
    drive("runToExit()", () -> ended.set(runThreadsTo(deadline) && runShutdownHooksTo(deadline)));
    return ended.get();
  }

  private boolean runThreadsTo(long deadline) {
    return runTo(() -> !scheduler.hasNonDaemons(), TaskRecord::isNonDaemon, deadline);
  }

  private boolean runShutdownHooksTo(long deadline) {
    if (!scheduler.hasShutdownHooks()) {
      return true;
    }
    Task<?> shutdown =
        startAtOnce(
            new VirtualTask<>(
                this, SHUTS_DOWN, Executors.callable(scheduler::runShutdownHooks), false));
    return runTo(shutdown::isDone, task -> true, deadline);
  }

  private boolean runTo(BooleanSupplier done, Predicate<TaskRecord> awaited, long deadline) {
    boolean ended = driver.runToDeadline(done, awaited, deadline);
    if (!ended && clock.nanos() < deadline) {
      throw deadlock();
    }
    return ended;
  }

  @Override
  public void runForever() {
    throw new UnsupportedOperationException(
        "%s has no forever, because its time is virtual: use run(), runUntilBlocked() or runUntilIdle()."
            .formatted(this));
  }

  @Override
  public void stop() {
    throw new UnsupportedOperationException(
        "%s stops by itself whenever nothing can run.".formatted(this));
  }

  private DeadlockException deadlock() {
    Findings findings = view.find(List.of());
    return deadlock(FailureReport.deadlock(findings, howToRepeat().strip()), findings.blocked());
  }

  /** A deadlock that has a reason of its own; for the driver. */
  DeadlockException deadlock(String why) {
    return deadlock(failure(why), view.findBlocked());
  }

  private void ends(
      Trace.Outcome outcome, String message, List<Integer> cycle, List<Object> named) {
    TraceRecorder tracing = recording.tracing();
    if (tracing != null) {
      tracing.ends(outcome, message, cycle, named);
    }
  }

  private DeadlockException deadlock(String message, List<BlockedTask> blocked) {
    gaveUp = true;
    ends(
        Trace.Outcome.DEADLOCK,
        message,
        WaitCycle.among(blocked).tasks(),
        blocked.stream().map(BlockedTask::object).filter(Objects::nonNull).toList());
    DeadlockException deadlock = new DeadlockException(message, blocked);
    takeUnobservedFailures().forEach(deadlock::addSuppressed);
    return deadlock;
  }

  /** The thread that drives is lost; told by another one. */
  void cannotGoOn(String report) {
    try {
      whenStuck.accept(report);
    } catch (Throwable ofUser) {
      LOG.log(System.Logger.Level.ERROR, "What whenStuck() was given failed. " + report, ofUser);
    }
  }

  /**
   * The message of a run that failed: why, who is blocked, and how to repeat it; for the driver.
   */
  String failure(String why) {
    return failure(why, List.of());
  }

  /** The same, also with the tasks that ran last, as far as they can go on. */
  String failure(String why, List<TaskRecord> ranLast) {
    List<TaskRecord> ready = ranLast.stream().filter(TaskRecord::isRunnable).toList();
    return FailureReport.of(why, view.find(ready), howToRepeat().strip());
  }

  void warnOfInitializers(List<String> cycle) {
    LOG.log(System.Logger.Level.WARNING, FailureReport.initializers(cycle));
  }

  /** What follows the sentence that says why a run failed; empty if a tool says it. */
  String howToRepeat() {
    return replayHint
        ? " To repeat the run: TestLoop.builder().replay(\"%s\")".formatted(replayToken())
        : "";
  }

  @Override
  public List<BlockedTask> blocked() {
    return view.blocked();
  }

  @Override
  public void logLongSlices(Duration limit) {
    throw new UnsupportedOperationException(
        "%s stands still whenever its driver does, so how long a slice takes says little: watch a loop in real time."
            .formatted(this));
  }

  @Override
  public List<TaskSnapshot> tasks() {
    return view.tasks();
  }

  @Override
  public String report() {
    return view.report();
  }

  @Override
  public Instant now() {
    return clock.now();
  }

  @Override
  public Clock clock() {
    return new DateClock(clock::now, ZoneOffset.UTC);
  }

  @Override
  public TimeHold holdTime(String reason) {
    return driver.holds().hold(reason);
  }

  @Override
  public Schedule schedule() {
    return recording.schedule();
  }

  @Override
  public ReplayToken replayToken() {
    return recording.token();
  }

  @Override
  public Trace trace() {
    TraceRecorder tracing = recording.tracing();
    return tracing == null
        ? Trace.empty(name(), clock.at(0))
        : tracing.trace(recording.token().toString());
  }

  @Override
  public long slices() {
    return recording.slices();
  }

  @Override
  public int tasksStarted() {
    return scheduler.tasksStarted();
  }

  @Override
  protected void refuseToBlockDriver(Future<?> task) {
    if (!task.isDone() && !Thread.currentThread().isVirtual() && !driver.isDriven()) {
      throw new IllegalStateException(
          "Thread \"%s\" would wait for ever for a task of %s, which nobody drives: call run(), runUntilBlocked() or advance() first."
              .formatted(Thread.currentThread().getName(), this));
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    scheduler.cancelScheduled();
    scheduler.cancelAll(Thread.currentThread());
    return List.of();
  }

  @Override
  public boolean isTerminated() {
    return terminated;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    if (!terminated) {
      drive(
          "awaitTermination()",
          () -> terminated = driver.runTo(this::hasEnded, unit.toNanos(timeout)));
    }
    return terminated;
  }

  private boolean hasEnded() {
    return isShutdown() && scheduler.isEmpty();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (isOwnTask()) {
      shutdownNow();
      return;
    }
    Closing closing = new Closing(this, view, scheduler, driver, leaks);
    scheduler.processes().endAll();
    driver.driveToTheEnd(
        "close()",
        () -> {
          boolean told = gaveUp || scheduler.exitStatus() != null;
          closing.finishTasks(told);
          shutdown();
          closing.endTasks(told);
        });
    if (network != null) {
      closing.tellSockets(network);
    }
    terminated = true;
    closed = true;
    scheduler.close();
    if (network != null) {
      network.close();
    }
    String divergence = recording.divergence();
    if (divergence != null && !isExplored) { // who explores asks, and tells it himself
      LOG.log(System.Logger.Level.WARNING, divergence);
    }
    closing.throwProblems();
  }

  private int decisions() {
    return scheduler.decisions();
  }

  /** What the loop has met since this was last asked. */
  static RunFacts takeFacts(TestLoop loop) {
    return loop instanceof VirtualTimeLoop virtual
        ? virtual.driver.outsideLog().take()
        : new RunFacts(0, List.of(), List.of());
  }

  /** What a loop that repeats a run did otherwise, as far as it has gone; empty if nothing. */
  static Optional<String> divergence(TestLoop loop) {
    return loop instanceof VirtualTimeLoop virtual
        ? Optional.ofNullable(virtual.recording.divergence())
        : Optional.empty();
  }

  /** Sets the limit that {@code loop} was opened with anew; any thread may call. */
  static void limitRealTime(TestLoop loop, Duration limit) {
    if (loop instanceof VirtualTimeLoop virtual) {
      virtual.driver.setRealTimeLimit(limit.toNanos());
    }
  }

  /** As {@link #unobservedFailures}, of any loop. */
  static Optional<TaskFailedException> takeFailures(TestLoop loop) {
    return loop instanceof VirtualTimeLoop virtual
        ? virtual.unobservedFailures()
        : Optional.empty();
  }

  /**
   * What tasks have thrown with nobody asking, as one exception; empty if there is nothing. It
   * counts as asked for now.
   */
  Optional<TaskFailedException> unobservedFailures() {
    List<Throwable> failures = new ArrayList<>(takeUnobservedFailures());
    if (failures.isEmpty()) {
      return Optional.empty();
    }
    Throwable first = failures.removeFirst();
    TaskFailedException failed =
        new TaskFailedException(
            "%s: a task failed and nobody asked for its result: %s.%s"
                .formatted(this, first, howToRepeat()),
            first);
    failures.forEach(failed::addSuppressed);
    return Optional.of(failed);
  }

  @Override
  public String toString() {
    return "TestLoop \"" + name() + "\"";
  }
}
