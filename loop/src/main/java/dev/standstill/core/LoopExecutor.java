package dev.standstill.core;

import dev.standstill.jdk.VirtualThreads;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What production and test loops share: a {@code ScheduledExecutorService} whose every task is a
 * virtual thread of the loop. Any thread may call.
 *
 * <p>Subclasses hold the scheduler, and decide who drives it and what closing does.
 */
public abstract class LoopExecutor extends AbstractExecutorService
    implements ScheduledExecutorService {

  private final String name;
  private final AtomicInteger spawned = new AtomicInteger();
  private final UnobservedFailures failures;

  @SuppressWarnings("this-escape") // is only kept there
  private final Places places = new Places(this);

  private final LoopSignals signals;

  /** Runs what follows tasks, whatever the limit. */
  private final Executor stages = this::executeAtOnce;

  private volatile boolean failuresWait;
  private volatile @Nullable Object shutDownBy;

  /**
   * @param signals makes what starts tasks at signals, given what starts one with a name and a body
   */
  @SuppressWarnings("this-escape") // is only kept there
  protected LoopExecutor(
      String name, Function<BiConsumer<String, LoopSignals.Body>, LoopSignals> signals) {
    this.name = name;
    this.failures = new UnobservedFailures(name);
    this.signals = signals.apply(this::execute);
  }

  /** The loop's name, as errors and reports show it. */
  public final String name() {
    return name;
  }

  /** The scheduler that runs the loop's tasks. */
  protected abstract Scheduler scheduler();

  /** The scheduler of a loop in real time; null if its time is virtual. */
  public final @Nullable LiveScheduler liveScheduler() {
    return scheduler() instanceof LiveScheduler live ? live : null;
  }

  /** What gets exceptions that end a thread of the loop, other than a {@link LoopTask}'s. */
  protected abstract Thread.UncaughtExceptionHandler uncaught();

  /**
   * Hands an exception over to a handler of the program. What that throws goes to {@link
   * #handlerFailed}, never to the caller.
   */
  protected final void handOver(
      Thread.UncaughtExceptionHandler handler, Thread thread, Throwable exception) {
    Throwable ofHandler = HandlerCalls.call(handler, thread, exception);
    if (ofHandler != null) {
      handlerFailed(thread, ofHandler);
    }
  }

  /** Tells what a handler of uncaught exceptions has thrown; it is logged unless overridden. */
  protected void handlerFailed(Thread thread, Throwable ofHandler) {
    HandlerCalls.log(this, thread, ofHandler);
  }

  /** Returns {@code grace}, how long closing may wait, if that is a time to wait. */
  protected static Duration requireGrace(Duration grace) {
    if (grace.isNegative()) {
      throw new IllegalArgumentException(
          "Closing cannot wait for less than nothing: the grace has to be 0 or more, not " + grace);
    }
    return grace;
  }

  /** As messages show the name of a thread, which may have none. */
  protected static String nameOf(Thread thread) {
    return HandlerCalls.nameOf(thread);
  }

  /** Tells those who drive the loop until something is done that something is done. */
  protected void wakeThoseWhoWait() {}

  /** Throws if the caller would wait for a task that cannot run until the caller does something. */
  protected void refuseToBlockDriver(Future<?> task) {}

  /**
   * Whether failures wait for {@link #takeUnobservedFailures}, even when their tasks are garbage.
   */
  protected boolean keepsFailures() {
    return false;
  }

  /**
   * Lets failures of tasks that were spawned wait until nobody can ask for them any more, or the
   * loop is closed, instead of being told at their end.
   */
  public final void letFailuresWait() {
    failuresWait = true;
  }

  final boolean failuresWait() {
    return failuresWait;
  }

  /**
   * Limits how much work that was handed over may be there at a time.
   *
   * @param tasks how much, at least 1
   * @param waits whether those wait who hand over more; else they are refused
   */
  protected final void limit(int tasks, boolean waits) {
    places.limit(tasks, waits);
  }

  /**
   * Takes a place for a task that the caller is about to spawn with a {@link GroupMember} as its
   * body, and waits for one if that is what the loop does.
   *
   * @return false if the loop has no limit
   */
  public final boolean takePlace() {
    return places.take();
  }

  /** The group of a task, which calls, keeps what that has thrown until its owner is told. */
  public final void keptByGroup(String task, Throwable cause) {
    scheduler().keptByGroup(task, cause);
  }

  /** A task, which calls, has thrown what ends it; told once for each task. */
  protected void taskFailed(Throwable cause) {}

  /** The owner of a group, which calls, is told what that has kept. */
  public final void toldByGroup(Throwable cause) {
    scheduler().toldByGroup(cause);
  }

  /** Whether the loop stops while the calling thread waits, and that is not one of its tasks. */
  final boolean needsCaller() {
    return !isOwnTask() && (scheduler().isCarrier() || isDrivenByCaller());
  }

  /** Whether nobody would drive the loop if the calling thread, which is no task of it, waited. */
  protected abstract boolean isDrivenByCaller();

  /** Whether stacks are kept that only messages show: who started a task, or closed the loop. */
  protected boolean keepsOrigins() {
    return true;
  }

  final UnobservedFailures.Failure addUnobservedFailure(Object task, String name, Throwable cause) {
    UnobservedFailures.Failure failure = failures.add(name, cause);
    if (!keepsFailures()) {
      failures.reportWhenUnreachable(task, failure);
    }
    return failure;
  }

  final void observed(UnobservedFailures.Failure failure) {
    failures.observed(failure);
  }

  /**
   * Starts a task on a thread of its own, which bears the task's name and inherits what the caller
   * does: its scoped values, too. It takes a place if the loop has a limit.
   *
   * @param body what the task runs
   */
  protected final <T extends LoopTask<?>> T start(T task, Callable<?> body) {
    refuseIfShutDown();
    if (!places.areLimited()) {
      startInheriting(threadFor(task, task));
    } else {
      startInPlace(task, body, work -> startInheriting(threadFor(task, work)));
    }
    return task;
  }

  private void startInPlace(LoopTask<?> task, Callable<?> body, Consumer<Runnable> starter) {
    if (!(body instanceof GroupMember member)) {
      places.start(task, starter);
    } else if (member.hasPlace()) {
      places.startInPlace(task, starter);
    } else {
      starter.accept(task);
    }
  }

  /** Starts a task in the same way, whatever the limit. */
  protected final <T extends LoopTask<?>> T startAtOnce(T task) {
    refuseIfShutDown();
    startInheriting(threadFor(task, task));
    return task;
  }

  private void startInheriting(Thread unstarted) {
    VirtualThreads.inheritScopedValues(unstarted);
    start(unstarted);
  }

  /** Starts a task as executors do, without the scoped values of the caller. */
  private void startThread(LoopTask<?> task, Runnable work) {
    start(threadFor(task, work));
  }

  /** Starts a task that is due. As nobody is there to be told, it is not refused but waits. */
  final void startDue(ScheduledLoopTask<?> task) {
    boolean waits = task.isLimited() && places.areLimited();
    startThread(task, waits ? () -> places.runInTurn(task) : task);
  }

  private Thread threadFor(LoopTask<?> task, Runnable work) {
    Executor home = task instanceof ScheduledLoopTask<?> due ? due.home() : scheduler().home();
    return VirtualThreads.builder(home)
        .name(task.name())
        .uncaughtExceptionHandler(task)
        .unstarted(work);
  }

  private void start(Thread unstarted) {
    scheduler().number(unstarted);
    unstarted.start();
  }

  /** A name for a task that was given none. */
  protected final String nextName() {
    return "task-" + spawned.incrementAndGet();
  }

  /**
   * The failures that nobody has looked at, in the order in which they happened; they count as seen
   * now.
   */
  protected final List<Throwable> takeUnobservedFailures() {
    return failures.isEmpty()
        ? List.of()
        : failures.take().stream().map(UnobservedFailures.Failure::cause).toList();
  }

  /** Adds the exception that ended a thread without a handle. */
  protected final void addUnobservedFailure(Thread thread, Throwable exception) {
    addUnobservedFailure(thread, thread.getName(), exception);
  }

  /** Hands failures that nobody looks at over to {@code handler}; they are logged by default. */
  protected final void handUnobservedFailuresOverTo(Thread.UncaughtExceptionHandler handler) {
    failures.handOverTo(handler);
  }

  /** To what failures that nobody looks at are handed over; null if they are logged. */
  protected final Thread.@Nullable UncaughtExceptionHandler unobservedFailuresGoTo() {
    return failures.handler();
  }

  /** Hands over or logs the failures that nobody has looked at; they count as seen then. */
  protected final void reportUnobservedFailures() {
    failures.take().forEach(failures::report);
  }

  /** Runs {@code body} as a task without a handle. What it throws goes to the loop's handler. */
  @Override
  public void execute(Runnable body) {
    Objects.requireNonNull(body, "body");
    if (!places.areLimited()) {
      executeAtOnce(body);
      return;
    }
    refuseIfShutDown();
    if (body instanceof LoopTask<?> task && task.loop() == this) {
      places.start(task, work -> startThread(task, work));
    } else {
      places.start(body, this::executeAtOnce);
    }
  }

  /** Does what {@link #execute} does, whatever the limit. */
  final void executeAtOnce(Runnable body) {
    refuseIfShutDown();
    if (body instanceof LoopTask<?> task && task.loop() == this) {
      startThread(task, task);
    } else if (!scheduler().callBack(body)) {
      executeAtOnce(scheduler().home(), body);
    }
  }

  /**
   * Does the same in a process of the loop.
   *
   * @param home the process, or the scheduler
   */
  final void executeAtOnce(Executor home, Runnable body) {
    refuseIfShutDown();
    start(VirtualThreads.builder(home).unstarted(body));
  }

  /** Runs stages that follow tasks: an end must not wait until others have ended. */
  final Executor stages() {
    return stages;
  }

  /** Like {@link #execute(Runnable)}, with a name. That the loop cancels the task is no failure. */
  private void execute(String name, LoopSignals.Body body) {
    refuseIfShutDown();
    start(VirtualThreads.builder(scheduler()).name(name).unstarted(() -> run(body)));
  }

  private static void run(LoopSignals.Body body) {
    try {
      body.run();
    } catch (Exception e) {
      if (!(Scheduler.isCallerCancelled() && CausedByInterrupt.is(e))) {
        LoopExecutor.<RuntimeException>sneaky(e);
      }
    }
  }

  /**
   * Starts a task with that body at each signal.
   *
   * @return what ends that; so does closing the loop
   */
  protected final Runnable startAtSignal(String signal, LoopSignals.Body body) {
    refuseIfShutDown();
    return signals.add(signal, body);
  }

  /** Starts the tasks of a signal as if there were one; whether there are any. */
  protected final boolean raise(String signal) {
    refuseIfShutDown();
    return signals.raise(signal);
  }

  @Override
  protected <V extends @Nullable Object> RunnableFuture<V> newTaskFor(Callable<V> body) {
    return new LoopTask<>(this, nextName(), body);
  }

  @Override
  protected <V extends @Nullable Object> RunnableFuture<V> newTaskFor(Runnable body, V result) {
    return new LoopTask<>(this, nextName(), Executors.callable(body, result));
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable body, long delay, TimeUnit unit) {
    return schedule(Executors.callable(body), delay, unit);
  }

  @Override
  public <V extends @Nullable Object> ScheduledFuture<V> schedule(
      Callable<V> body, long delay, TimeUnit unit) {
    return arm(
        body,
        unit.toNanos(delay),
        new ScheduledLoopTask.Repeat.Once(),
        ScheduledLoopTask.Kind.WORK);
  }

  /**
   * Schedules what watches over other tasks: when it is due it runs at once, whatever the limit of
   * the loop.
   *
   * @param delayNanos in how many nanoseconds of the loop's time
   */
  public final ScheduledFuture<?> scheduleWatch(Runnable body, long delayNanos) {
    return arm(
        Executors.callable(body),
        delayNanos,
        new ScheduledLoopTask.Repeat.Once(),
        ScheduledLoopTask.Kind.WATCH);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable body, long initialDelay, long period, TimeUnit unit) {
    return arm(
        Executors.callable(body),
        unit.toNanos(initialDelay),
        new ScheduledLoopTask.Repeat.AtRate(positive(unit.toNanos(period))),
        ScheduledLoopTask.Kind.WORK);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable body, long initialDelay, long delay, TimeUnit unit) {
    return arm(
        Executors.callable(body),
        unit.toNanos(initialDelay),
        new ScheduledLoopTask.Repeat.WithDelay(positive(unit.toNanos(delay))),
        ScheduledLoopTask.Kind.WORK);
  }

  private <V extends @Nullable Object> ScheduledFuture<V> arm(
      Callable<V> body,
      long delayNanos,
      ScheduledLoopTask.Repeat repeat,
      ScheduledLoopTask.Kind kind) {
    Objects.requireNonNull(body, "body");
    refuseIfShutDown();
    long due = scheduler().timers.after(delayNanos);
    return arm(new ScheduledLoopTask<>(this, nextName(), body, due, repeat, kind));
  }

  private <T extends ScheduledLoopTask<?>> T arm(T task) {
    scheduler().onCarrier(task::arm);
    return task;
  }

  /**
   * Starts a task at a moment of the loop's time. It is in the background: nobody minds if it is
   * cut off when the loop closes.
   *
   * @param moment when, in the terms of {@link #nanos}; at once if that is past
   */
  public final Future<?> startAt(long moment, String name, Callable<?> body) {
    refuseIfShutDown();
    return arm(
        new ScheduledLoopTask<>(
            this,
            name,
            body,
            moment,
            new ScheduledLoopTask.Repeat.Once(),
            ScheduledLoopTask.Kind.BACKGROUND));
  }

  /** The loop's time, in nanoseconds since some moment. */
  public final long nanos() {
    return scheduler().timers.nanos();
  }

  private static long positive(long nanos) {
    if (nanos <= 0) {
      throw new IllegalArgumentException(
          "A task that repeats needs a period above 0, not %d ns.".formatted(nanos));
    }
    return nanos;
  }

  @Override
  public boolean isShutdown() {
    return shutDownBy != null;
  }

  @Override
  public void shutdown() {
    if (shutDownBy == null) {
      shutDownBy(keepsOrigins() ? new CallSite() : CallSite.unknown());
    }
  }

  /** Takes no work from now on; messages show {@code by} as what has closed the loop. */
  protected final void shutDownBy(Object by) {
    if (shutDownBy == null) {
      shutDownBy = by;
      places.close();
      signals.close();
    }
  }

  /** Throws if the loop takes no work any more. */
  protected final void refuseIfShutDown() {
    Object by = shutDownBy;
    if (by != null) {
      throw new RejectedExecutionException(
          "%s is closed: it was closed by %s. Open a new one.".formatted(this, by));
    }
  }

  /** Throws if the caller is a task of this loop. */
  protected final void refuseRunByTask() {
    if (isOwnTask()) {
      throw new IllegalStateException(
          "run() was called from task \"%s\", which runs on this loop \"%s\". Call the code directly, or spawn() it and get() the Task."
              .formatted(Thread.currentThread().getName(), name));
    }
  }

  /** Whether the caller is a task of this loop. */
  protected final boolean isOwnTask() {
    return Scheduler.of(Thread.currentThread()) == scheduler();
  }

  /** What a task that is done has returned; throws what it has thrown. */
  protected static <V extends @Nullable Object> V resultOf(Future<V> task) throws Exception {
    try {
      return task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : sneaky(e.getCause());
    }
  }

  /** Anything can be thrown by a task, declared or not, and be it no exception. */
  @SuppressWarnings("unchecked")
  private static <X extends Throwable> Exception sneaky(@Nullable Throwable cause) throws X {
    throw (X) Objects.requireNonNull(cause);
  }

  @Override
  public String toString() {
    return "EventLoop \"" + name + "\"";
  }
}
