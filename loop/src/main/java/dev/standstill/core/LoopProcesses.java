package dev.standstill.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a loop, of which most loops have none. Loop-confined; the thread that drives may
 * call while it does not.
 */
public final class LoopProcesses {

  private static final String INITIALISER = "<clinit>";

  private final VirtualScheduler scheduler;
  private final LoopExecutor loop;
  private final ReadyQueue ready;
  private final TaskTable tasks;
  private final Unblocks unblocks;
  private final OutsideWaits waits;
  private final List<LoopProcess> all = new ArrayList<>();

  /** In which process the tasks are that a thread starts now. */
  private record Entering(Thread starter, LoopProcess process) {}

  private volatile @Nullable Entering entering;

  LoopProcesses(
      VirtualScheduler scheduler,
      LoopExecutor loop,
      ReadyQueue ready,
      TaskTable tasks,
      Unblocks unblocks,
      OutsideWaits waits) {
    this.scheduler = scheduler;
    this.loop = loop;
    this.ready = ready;
    this.tasks = tasks;
    this.unblocks = unblocks;
    this.waits = waits;
  }

  /**
   * Makes a process that has no task yet.
   *
   * @param name what it is called in reports
   * @param subject what it is the process of
   * @param whenEnded called once when it has ended, by whatever means
   */
  public LoopProcess open(String name, Object subject, Runnable whenEnded) {
    LoopProcess process = new LoopProcess(this, scheduler, loop, name, subject, whenEnded);
    all.add(process);
    return process;
  }

  <T> T enter(LoopProcess process, Supplier<T> starting) {
    Entering before = entering;
    entering = new Entering(Thread.currentThread(), process);
    try {
      return starting.get();
    } finally {
      entering = before;
    }
  }

  /** What runs the threads that the caller is about to start. */
  Executor ofStarter() {
    if (all.isEmpty()) {
      return scheduler;
    }
    Entering entered = entering;
    if (entered != null && entered.starter() == Thread.currentThread()) {
      return entered.process();
    }
    LoopProcess own = LoopProcess.ofCaller();
    return own != null && own.loop() == scheduler ? own : scheduler;
  }

  /** A task has started. */
  void begins(TaskRecord task) {
    if (task.home() != null) {
      task.home().begins(task);
    }
  }

  /** A task has ended, or was stopped within its slice. */
  void ends(TaskRecord task) {
    LoopProcess home = task.home();
    if (home != null) {
      home.ends(task);
    }
  }

  /** A task has run; whether it was stopped meanwhile, or is now, and has to be forgotten. */
  boolean isStopped(TaskRecord task) {
    LoopProcess home = task.home();
    if (home == null || !home.hasEnded()) {
      return false;
    }
    boolean lives = tasks.of(task.thread()) == task;
    if (lives && !hasToGoOn(task, waits.suspects())) {
      boolean[] isReady = new boolean[1];
      ready.removeIf(slice -> isReady[0] |= slice == task);
      stop(task, isReady[0]);
    }
    return tasks.of(task.thread()) != task;
  }

  /** Takes a slice that must not run, as the process of its thread has ended; whether it is one. */
  boolean keep(Thread thread, Runnable slice) {
    LoopProcess home = all.isEmpty() ? null : LoopProcess.of(thread);
    if (home == null || !home.hasEnded() || tasks.of(thread) != null) {
      return false;
    }
    home.keep(thread, slice);
    return true;
  }

  /** Takes the tasks of a process that are ready, in their order. */
  List<TaskRecord> takeReady(LoopProcess process) {
    List<TaskRecord> taken = new ArrayList<>();
    ready.removeIf(
        slice -> slice instanceof TaskRecord task && task.home() == process && taken.add(task));
    return taken;
  }

  /** A task that could run is kept from it: what it has waited for has happened. */
  void isHeld(TaskRecord task) {
    waits.runs(task);
  }

  /** Stops all tasks of a process that need not go on for the sake of others. */
  void stopAll(LoopProcess process) {
    List<TaskRecord> runnable = takeReady(process);
    List<TaskRecord> waiting = waits.suspects();
    for (TaskRecord task : tasks.inOrder()) {
      if (task.home() == process) {
        boolean isReady = runnable.contains(task);
        if (!hasToGoOn(task, waiting)) {
          stop(task, isReady);
        } else if (isReady) {
          ready.add(task);
        }
      }
    }
  }

  private void stop(TaskRecord task, boolean isReady) {
    tasks.remove(task.thread());
    unblocks.leaves(task);
    waits.runs(task);
    Objects.requireNonNull(task.home()).stops(task, isReady);
  }

  /** Whether others cannot go on as long as a task stands where it does. */
  private static boolean hasToGoOn(TaskRecord task, List<TaskRecord> waiting) {
    return task.stack().stream().anyMatch(frame -> frame.getMethodName().equals(INITIALISER))
        || isAwaited(task, waiting);
  }

  private static boolean isAwaited(TaskRecord owner, List<TaskRecord> waiting) {
    return waiting.stream()
        .anyMatch(other -> other.home() != owner.home() && LockCycles.awaits(other, owner));
  }

  /**
   * Nothing can run. Lets those go on that were stopped with a lock or monitor for which others
   * wait; returns whether there are any.
   */
  boolean letGoOn() {
    List<TaskRecord> waiting = all.isEmpty() ? List.of() : waits.suspects();
    if (waiting.isEmpty()) {
      return false;
    }
    boolean any = false;
    for (LoopProcess process : all) {
      for (TaskRecord task : process.stopped()) {
        if (isAwaited(task, waiting)) {
          any = true;
          goesOn(task, process.startsAgain(task));
        }
      }
    }
    return any;
  }

  private void goesOn(TaskRecord task, boolean isReady) {
    tasks.addAgain(task);
    if (isReady) {
      ready.add(task);
    } else {
      LockSupport.unpark(task.thread()); // at the end of its wait nobody would
    }
  }

  /** Whether any has not ended. */
  boolean areAnyLeft() {
    return all.stream().anyMatch(process -> !process.hasEnded());
  }

  /** Ends them all; for the thread that drives. */
  public void endAll() {
    List.copyOf(all).forEach(LoopProcess::end);
  }

  void resumeAll() {
    all.forEach(LoopProcess::resume);
  }

  /** The loop is closed. */
  void forget() {
    all.forEach(LoopProcess::forget);
  }
}
