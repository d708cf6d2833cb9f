package dev.standstill;

import dev.standstill.core.LiveScheduler;
import dev.standstill.core.LoopExecutor;
import dev.standstill.core.Scheduler;
import dev.standstill.jdk.JdkCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The loop of production programs: real time, driven by a thread of its own or by its callers. */
final class RealTimeLoop extends LoopExecutor implements EventLoop {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  /** How long {@link #close} waits for tasks to end after it has interrupted them. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final Duration grace;

  private final LiveScheduler scheduler;
  private final Turn turn = new Turn();

  /** Set before the loop is published, and only if it has a thread of its own. */
  private @Nullable Thread ownThread;

  private volatile Thread.UncaughtExceptionHandler handler = this::handleByDefault;
  private volatile boolean stopRequested;
  private volatile boolean closing;
  private volatile boolean terminated;

  private RealTimeLoop(String name, Duration grace) {
    super(name);
    this.grace = grace;
    scheduler = new LiveScheduler(this, uncaught());
  }

  static RealTimeLoop open(String name) {
    return open(name, GRACE);
  }

  static RealTimeLoop open(String name, Duration grace) {
    Objects.requireNonNull(name, "name");
    JdkCheck.requireForLoops();
    return new RealTimeLoop(name, grace);
  }

  static RealTimeLoop start(String name) {
    RealTimeLoop loop = open(name);
    Thread own = Thread.ofPlatform().daemon().name(name).unstarted(loop::runUntilTerminated);
    loop.ownThread = own;
    own.start();
    return loop;
  }

  @Override
  protected Scheduler scheduler() {
    return scheduler;
  }

  @Override
  protected Thread.UncaughtExceptionHandler uncaught() {
    return (thread, exception) -> handler.uncaughtException(thread, exception);
  }

  @Override
  public void setUncaughtExceptionHandler(Thread.UncaughtExceptionHandler handler) {
    this.handler = Objects.requireNonNull(handler, "handler");
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

  private static String nameOf(Thread thread) {
    return thread.getName().isEmpty() ? "#" + thread.threadId() : '"' + thread.getName() + '"';
  }

  @Override
  public <V extends @Nullable Object> Task<V> spawn(String name, Callable<V> body) {
    return start(new SpawnedTask<>(this, name, body));
  }

  @Override
  public <V extends @Nullable Object> Task<V> spawn(Callable<V> body) {
    return spawn(nextName(), body);
  }

  @Override
  public <V extends @Nullable Object> V run(Callable<V> body) throws Exception {
    refuseRunByTask();
    if (ownThread == null) {
      scheduler.requirePlatformThread();
    }
    Task<V> task = spawn("main", body);
    try {
      if (ownThread == null) {
        driveUntilDone(task);
      }
      return resultOf(task);
    } catch (InterruptedException e) {
      task.cancel(true);
      throw e;
    }
  }

  /** A task that is not done when its loop has ended never will be. */
  private void driveUntilDone(Task<?> task) throws InterruptedException {
    driveUntil(task::isDone, Long.MAX_VALUE);
    task.cancel(true);
  }

  @Override
  public void runForever() throws InterruptedException {
    refuseRunByTask();
    if (ownThread != null) {
      throw new IllegalStateException(
          "%s runs on a thread of its own already: hand work to it with spawn().".formatted(this));
    }
    refuseIfShutDown();
    scheduler.requirePlatformThread();
    driveUntil(() -> stopRequested, Long.MAX_VALUE);
    stopRequested = false;
  }

  @Override
  public void stop() {
    if (ownThread != null) {
      throw new IllegalStateException(
          "%s runs on a thread of its own, which ends with close().".formatted(this));
    }
    stopRequested = true;
    scheduler.wake();
    turn.wake();
  }

  @Override
  protected void wakeThoseWhoWait() {
    turn.wake();
  }

  /**
   * Drives until {@code done} or the loop has ended; while another thread drives, waits for that
   * but not longer than {@code nanos}.
   */
  private void driveUntil(BooleanSupplier done, long nanos) throws InterruptedException {
    while (turn.takeUnless(() -> done.getAsBoolean() || terminated, nanos)) {
      try {
        if (!scheduler.driveUntil(() -> done.getAsBoolean() || hasEnded())) {
          throw new InterruptedException("Interrupted while running " + this);
        }
      } finally {
        turn.giveBack();
      }
    }
  }

  private void runUntilTerminated() {
    while (!terminated) {
      try {
        driveUntil(() -> false, Long.MAX_VALUE);
      } catch (InterruptedException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "The thread of %s was interrupted; it goes on until the loop is closed."
                .formatted(this));
      }
    }
  }

  /** Whether nothing will ever run again; for the thread that drives. */
  private boolean hasEnded() {
    if (!terminated && isShutdown() && scheduler.closeIfEmpty()) {
      terminate();
    }
    return terminated;
  }

  @Override
  public void shutdown() {
    super.shutdown();
    scheduler.cancelScheduled();
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
    long nanos = unit.toNanos(timeout);
    if (ownThread != null) {
      ownThread.join(Duration.ofNanos(nanos));
    } else {
      long deadline = System.nanoTime() + nanos;
      scheduler.wakeAfter(nanos);
      driveUntil(() -> System.nanoTime() - deadline >= 0, nanos);
    }
    return terminated;
  }

  @Override
  public void close() {
    closing = true;
    if (!terminated) {
      shutdownNow();
      if (!isOwnTask()) {
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
      awaitTermination(grace.toNanos(), TimeUnit.NANOSECONDS);
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
    scheduler.wake();
    turn.wake();
  }

  private void reportRefusers() {
    String report = living().stream().map(RealTimeLoop::describe).collect(Collectors.joining());
    LOG.log(
        System.Logger.Level.WARNING,
        "%s was closed, but these tasks did not end within %d s of being interrupted:%s"
            .formatted(this, grace.toSeconds(), report));
  }

  private List<Thread> living() {
    if (ownThread != null || !turn.takeNow()) {
      return scheduler.living();
    }
    List<Thread> living = new ArrayList<>();
    try {
      scheduler.drive(() -> living.addAll(scheduler.living()));
    } finally {
      turn.giveBack();
    }
    return living;
  }

  private static String describe(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .map(frame -> "%n      at %s".formatted(frame))
        .collect(Collectors.joining("", "%n  \"%s\"".formatted(thread.getName()), ""));
  }
}
