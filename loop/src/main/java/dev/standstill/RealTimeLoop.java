package dev.standstill;

import dev.standstill.core.LiveScheduler;
import dev.standstill.core.LoopExecutor;
import dev.standstill.core.LoopSignals;
import dev.standstill.core.Scheduler;
import dev.standstill.core.TaskStates;
import dev.standstill.jdk.JdkCheck;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The loop of production programs: real time, driven by its callers, a thread of its own or a host.
 */
final class RealTimeLoop extends LoopExecutor implements EventLoop {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private static final Duration GRACE = Duration.ofSeconds(10);

  /** How long {@link #close} waits for tasks to end after it has interrupted them. */
  private volatile Duration grace;

  private final LoopDriver driver;
  private final LiveScheduler scheduler;

  private volatile boolean closing;
  private volatile boolean terminated;

  private RealTimeLoop(
      String name,
      Duration grace,
      BiFunction<RealTimeLoop, Thread.UncaughtExceptionHandler, LoopDriver> driver) {
    super(name, LoopSignals::ofProcess);
    this.grace = grace;
    this.driver = driver.apply(this, uncaught());
    this.scheduler = this.driver.scheduler();
  }

  static RealTimeLoop open(String name) {
    return open(name, GRACE);
  }

  static RealTimeLoop open(String name, Duration grace) {
    return make(name, grace, CallerDriver::new);
  }

  static RealTimeLoop start(String name) {
    RealTimeLoop loop = make(name, GRACE, ThreadDriver::new);
    ((ThreadDriver) loop.driver).start();
    return loop;
  }

  static RealTimeLoop on(Host host) {
    return make(host.toString(), GRACE, (loop, uncaught) -> new HostDriver(loop, uncaught, host));
  }

  private static RealTimeLoop make(
      String name,
      Duration grace,
      BiFunction<RealTimeLoop, Thread.UncaughtExceptionHandler, LoopDriver> driver) {
    Objects.requireNonNull(name, "name");
    JdkCheck.requireForLoops();
    return new RealTimeLoop(name, grace, driver);
  }

  @Override
  public Optional<Host> host() {
    return driver.host();
  }

  @Override
  protected Scheduler scheduler() {
    return scheduler;
  }

  @Override
  protected Thread.UncaughtExceptionHandler uncaught() {
    return (thread, exception) ->
        handOver(
            Objects.requireNonNullElse(unobservedFailuresGoTo(), this::handleByDefault),
            thread,
            exception);
  }

  @Override
  public void setUncaughtExceptionHandler(Thread.UncaughtExceptionHandler handler) {
    handUnobservedFailuresOverTo(Objects.requireNonNull(handler, "handler"));
  }

  @Override
  public void setGrace(Duration grace) {
    this.grace = requireGrace(grace);
  }

  @Override
  public void setLimit(int tasks, WhenFull then) {
    limit(tasks, then == WhenFull.WAIT);
  }

  @Override
  protected boolean isDrivenByCaller() {
    return driver.isCaller();
  }

  @Override
  public SignalRegistration onSignal(String signal, ThrowingRunnable handler) {
    Objects.requireNonNull(handler, "handler");
    return startAtSignal(signal, handler::run)::run;
  }

  private void handleByDefault(Thread thread, Throwable exception) {
    Thread.UncaughtExceptionHandler ofJvm = Thread.getDefaultUncaughtExceptionHandler();
    if (ofJvm != null) {
      ofJvm.uncaughtException(thread, exception);
    } else {
      LOG.log(
          System.Logger.Level.ERROR,
          "Task %s of %s ended with an exception.".formatted(nameOf(thread), this),
          exception);
    }
  }

  @Override
  public <V extends @Nullable Object> Task<V> spawn(String name, Callable<V> body) {
    return start(SpawnedTask.of(this, name, body), body);
  }

  @Override
  public <V extends @Nullable Object> Task<V> spawn(Callable<V> body) {
    return spawn(nextName(), body);
  }

  @Override
  public <V extends @Nullable Object> V run(Callable<V> body) throws Exception {
    refuseRunByTask();
    driver.requireMayRun();
    Task<V> task = startAtOnce(SpawnedTask.awaited(this, "main", body));
    try {
      driver.await(task);
      return resultOf(task);
    } catch (InterruptedException e) {
      task.cancel(true);
      throw e;
    }
  }

  @Override
  public void runForever() throws InterruptedException {
    refuseRunByTask();
    CallerDriver callers = callersOr("already: hand work to it with spawn()");
    refuseIfShutDown();
    callers.runForever();
  }

  @Override
  public void stop() {
    callersOr("until it ends with close()").stop();
  }

  private CallerDriver callersOr(String refusal) {
    if (driver instanceof CallerDriver callers) {
      return callers;
    }
    throw new IllegalStateException("%s runs on %s %s.".formatted(this, driver, refusal));
  }

  @Override
  protected void wakeThoseWhoWait() {
    driver.wake();
  }

  /** Whether nothing will ever run again; for the thread that drives. */
  boolean hasEnded() {
    if (!terminated && isShutdown() && scheduler.closeIfEmpty()) {
      terminate();
    }
    return terminated;
  }

  /**
   * Refuses work from now on.
   *
   * @param by shown as what has closed the loop
   */
  void shutDown(String by) {
    shutDownBy(by);
    scheduler.cancelScheduled();
  }

  /** Throws if the loop takes no work any more; the message says who has closed it. */
  void requireOpen() {
    refuseIfShutDown();
  }

  @Override
  public void shutdown() {
    super.shutdown();
    scheduler.cancelScheduled();
  }

  @Override
  public void logLongSlices(Duration limit) {
    if (limit.isNegative()) {
      throw new IllegalArgumentException(
          "A slice cannot be shorter than nothing: the limit has to be 0 or more, not " + limit);
    }
    scheduler.logLongSlices(TimeUnit.NANOSECONDS.convert(limit));
  }

  @Override
  public List<TaskSnapshot> tasks() {
    return snapshots(driver.tasks());
  }

  private static List<TaskSnapshot> snapshots(TaskStates seen) {
    return seen.tasks().stream().map(TaskSnapshot::of).toList();
  }

  @Override
  public String taskTree() {
    TaskStates seen = driver.tasks();
    return TaskTree.of(this, snapshots(seen), seen.complete());
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    scheduler.cancelAll(Thread.currentThread());
    return List.of();
  }

  @Override
  public boolean isTerminated() {
    return terminated;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    driver.awaitEnd(unit.toNanos(timeout));
    return terminated;
  }

  @Override
  public void close() {
    closing = true;
    if (!terminated) {
      shutdownNow();
      if (!isOwnTask() && driver.canEndMeanwhile()) {
        awaitEnd();
      }
    }
    if (terminated) {
      reportUnobservedFailures();
    }
  }

  private void awaitEnd() {
    boolean interrupted = false;
    try {
      awaitTermination(TimeUnit.NANOSECONDS.convert(grace), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (!terminated) {
      reportRefusers();
      terminate();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void terminate() {
    if (closing) {
      reportUnobservedFailures();
    }
    terminated = true;
    scheduler.close();
    driver.ended();
  }

  private static String inWords(Duration time) {
    return time.equals(Duration.ofSeconds(time.toSeconds()))
        ? time.toSeconds() + " s"
        : time.toMillis() + " ms";
  }

  private void reportRefusers() {
    String report =
        driver.tasks().tasks().stream().map("%n  %s"::formatted).collect(Collectors.joining());
    LOG.log(
        System.Logger.Level.WARNING,
        "%s was closed, but these tasks did not end within %s of being interrupted:%s"
            .formatted(this, inWords(grace), report));
  }
}
