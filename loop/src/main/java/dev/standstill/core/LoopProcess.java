package dev.standstill.core;

import dev.standstill.jdk.AgentHooks;
import dev.standstill.jdk.KeptThreads;
import dev.standstill.jdk.LibraryTwins;
import dev.standstill.jdk.VirtualThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tasks of a loop that are one process, as the threads of a JVM are: what was started {@linkplain
 * #enter in it}, and all that those start. They have one clock, which may be wrong, and pools and
 * shutdown hooks of their own; they can be made to pause, and they end together.
 *
 * <p>It is the scheduler of its virtual threads, which theirs inherit from them (read from {@code
 * ThreadBuilders}, JDK 25), and hands all slices on to that of the loop. Loop-confined but for
 * {@link #execute}.
 */
public final class LoopProcess implements AgentHooks.Process {

  private enum State {
    RUNNING,
    PAUSED,
    ENDED
  }

  private final LoopProcesses processes;
  private final VirtualScheduler scheduler;
  private final String name;
  private final Object subject;
  private final Runnable whenEnded;
  private final ProcessState own;
  private State state = State.RUNNING;
  private long skewNanos;
  private @Nullable Integer exitStatus;

  /** Those of its tasks that keep it from its end. */
  private final Set<TaskRecord> keepers = new LinkedHashSet<>();

  private boolean shutsDown;

  /** Tasks that could run if it did not pause. */
  private final List<TaskRecord> held = new ArrayList<>();

  /** Tasks that will not run any more, with whether they could. */
  private final Map<TaskRecord, Boolean> stopped = new LinkedHashMap<>();

  LoopProcess(
      LoopProcesses processes,
      VirtualScheduler scheduler,
      LoopExecutor loop,
      String name,
      Object subject,
      Runnable whenEnded) {
    this.processes = processes;
    this.scheduler = scheduler;
    this.name = name;
    this.subject = subject;
    this.whenEnded = whenEnded;
    this.own = new ProcessState(this, loop, null);
  }

  /** The process of a thread; null if it is no task of one. Any thread may call. */
  public static @Nullable LoopProcess of(Thread thread) {
    return VirtualThreads.schedulerOf(thread) instanceof LoopProcess process ? process : null;
  }

  /** The process of the calling task; null if it is in none. Any thread may call. */
  public static @Nullable LoopProcess ofCaller() {
    return of(Thread.currentThread());
  }

  /** What it is called in reports. */
  public String name() {
    return name;
  }

  /** What was said when it was opened. Any thread may call. */
  public Object subject() {
    return subject;
  }

  VirtualScheduler scheduler() {
    return scheduler;
  }

  /** Does something that starts tasks, which are in this process then. */
  public <T> T enter(Supplier<T> starting) {
    return processes.enter(this, starting);
  }

  public boolean isPaused() {
    return state == State.PAUSED;
  }

  public boolean hasEnded() {
    return state == State.ENDED;
  }

  /** What a task gave to {@code System.exit}; null if none did. */
  public @Nullable Integer exitStatus() {
    return exitStatus;
  }

  /** None of its tasks begins to run from now on; a task of its own that calls ends its slice. */
  public void pause() {
    if (state == State.RUNNING) {
      state = State.PAUSED;
      processes.takeReady(this).forEach(this::hold);
    }
  }

  /** Its tasks run on, after those of the loop that are ready now. */
  public void resume() {
    if (state == State.PAUSED) {
      state = State.RUNNING;
      held.forEach(scheduler::makeReady);
      held.clear();
    }
  }

  /**
   * Its tasks never run again, but for those inside of the initialiser of a class, or that have a
   * lock for which others wait: they run until they have left it. A task of its own that calls
   * stops here.
   */
  public void end() {
    if (state == State.ENDED) {
      return;
    }
    state = State.ENDED;
    held.clear();
    processes.stopAll(this);
    whenEnded.run();
    if (ofCaller() == this) {
      parkForEver();
    }
  }

  private void parkForEver() {
    while (true) {
      LockSupport.park(this);
      Thread.interrupted();
    }
  }

  /** Sets by how much its clock is ahead of the loop's; it is behind if that is negative. */
  public void skewClock(Duration ahead) {
    skewNanos = TimeUnit.NANOSECONDS.convert(ahead);
  }

  /** A task of this process has been stopped. */
  void stops(TaskRecord task, boolean isReady) {
    task.dropLimit();
    stopped.put(task, isReady);
  }

  /** Takes a slice of a task if that was stopped, which it could run now. */
  void keep(Thread thread, Runnable slice) {
    for (Map.Entry<TaskRecord, Boolean> entry : stopped.entrySet()) {
      if (entry.getKey().thread() == thread) {
        entry.getKey().with(slice);
        entry.setValue(true);
        return;
      }
    }
  }

  /** The tasks that will not run any more. */
  List<TaskRecord> stopped() {
    return List.copyOf(stopped.keySet());
  }

  /** A task that was stopped runs again after all; whether it can at once. */
  boolean startsAgain(TaskRecord task) {
    return Boolean.TRUE.equals(stopped.remove(task));
  }

  /** The loop is closed, and none of the tasks will run. */
  void forget() {
    stopped.keySet().forEach(task -> KeptThreads.letGo(task.thread()));
    stopped.clear();
  }

  /** A task that can run waits until the process goes on. */
  void hold(TaskRecord task) {
    processes.isHeld(task);
    held.add(task);
  }

  void begins(TaskRecord task) {
    Thread.UncaughtExceptionHandler handler = task.thread().getUncaughtExceptionHandler();
    if (task.isNonDaemon() || handler instanceof LoopTask<?> && !task.isBackground()) {
      keepers.add(task);
    }
  }

  /** As with a JVM, the process ends when no thread is left that is no daemon. */
  void ends(TaskRecord task) {
    if (!keepers.remove(task) || !keepers.isEmpty() || state == State.ENDED) {
      return;
    }
    if (own.shutdown().hasHooks()) {
      shutsDown = true;
      own.execute(this::exit);
    } else if (!shutsDown) {
      end();
    }
  }

  private void exit() {
    own.shutdown().run();
    end();
  }

  @Override
  public void execute(Runnable slice) {
    scheduler.execute(slice);
  }

  @Override
  public AgentHooks.Hooked loop() {
    return scheduler;
  }

  @Override
  public long currentTimeMillis() {
    return scheduler.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(skewNanos);
  }

  @Override
  public long nanoTimeAdjustment(long offsetSeconds) {
    return scheduler.nanoTimeAdjustment(offsetSeconds, skewNanos);
  }

  @Override
  public Executor asyncExecutor() {
    return own.asyncExecutor();
  }

  @Override
  public void scheduleDelayed(ScheduledFuture<?> action) {
    scheduler.scheduleDelayed(action, own);
  }

  @Override
  public void exit(int status) {
    shutsDown = true;
    own.shutdown().run();
    halt(status);
  }

  @Override
  public void halt(int status) {
    exitStatus = status;
    end();
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
  public ForkJoinPool commonPool() {
    return own.commonPool();
  }

  @Override
  public LibraryTwins twins() {
    return own.twins();
  }

  /** As reports show it. */
  @Override
  public String toString() {
    return name;
  }
}
