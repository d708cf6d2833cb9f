package dev.standstill;

import dev.standstill.core.LiveScheduler;
import dev.standstill.core.TaskStates;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The threads that call the loop, one at a time. */
final class CallerDriver implements LoopDriver {

  private final RealTimeLoop loop;
  private final LiveScheduler scheduler;
  private final Turn turn = new Turn();
  private final Object looking = new Object();
  private volatile boolean stopRequested;

  /** Who has driven last or, before anybody has, has opened the loop. */
  private volatile long lastDrivenBy = Thread.currentThread().threadId();

  CallerDriver(RealTimeLoop loop, Thread.UncaughtExceptionHandler uncaught) {
    this.loop = loop;
    this.scheduler = new LiveScheduler(loop, uncaught);
  }

  @Override
  public LiveScheduler scheduler() {
    return scheduler;
  }

  @Override
  public void requireMayRun() {
    scheduler.requirePlatformThread();
  }

  /** A task that is not done when its loop has ended never will be. */
  @Override
  public void await(Task<?> task) throws InterruptedException {
    driveUntil(task::isDone, Long.MAX_VALUE);
    task.cancel(true);
  }

  void runForever() throws InterruptedException {
    scheduler.requirePlatformThread();
    driveUntil(() -> stopRequested, Long.MAX_VALUE);
    stopRequested = false;
  }

  void stop() {
    stopRequested = true;
    scheduler.wake();
    turn.wake();
  }

  /** While nobody drives, it is most likely the one that has before. */
  @Override
  public boolean isCaller() {
    return Thread.currentThread().threadId() == lastDrivenBy && !turn.isTaken();
  }

  /**
   * Drives until {@code done} or the loop has ended; while another thread drives, waits for that
   * but not longer than {@code nanos}.
   */
  private void driveUntil(BooleanSupplier done, long nanos) throws InterruptedException {
    while (turn.takeUnless(() -> done.getAsBoolean() || loop.isTerminated(), nanos)) {
      lastDrivenBy = Thread.currentThread().threadId();
      try {
        if (!scheduler.driveUntil(() -> done.getAsBoolean() || loop.hasEnded())) {
          throw new InterruptedException("Interrupted while running " + loop);
        }
      } finally {
        turn.giveBack();
      }
    }
  }

  @Override
  public void awaitEnd(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    scheduler.wakeAfter(nanos);
    driveUntil(() -> System.nanoTime() - deadline >= 0, nanos);
  }

  /** One thread at a time, or who takes the turn to look would not answer who asks meanwhile. */
  @Override
  public TaskStates tasks() {
    synchronized (looking) {
      TaskStates looked = lookUndriven();
      return looked == null ? scheduler.askForTaskStates(this::lookUndriven) : looked;
    }
  }

  private @Nullable TaskStates lookUndriven() {
    return turn.takeNow() ? lookAndGiveBack() : null;
  }

  private TaskStates lookAndGiveBack() {
    try {
      return scheduler.taskStatesUndriven();
    } finally {
      turn.giveBack();
    }
  }

  @Override
  public void wake() {
    turn.wake();
  }

  @Override
  public void ended() {
    scheduler.wake();
    turn.wake();
  }

  @Override
  public String toString() {
    return "the threads that call it";
  }
}
