package dev.standstill;

import dev.standstill.core.LiveScheduler;
import dev.standstill.core.TaskState;
import dev.standstill.core.TaskStates;
import dev.standstill.core.Timers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A host, which drives in turns that are short, so that its own work goes on between them.
 *
 * <p>A turn is requested when another thread has handed something over, when a timer is due, and by
 * a turn that leaves something to do. One is under way at most.
 */
final class HostDriver implements LoopDriver {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  /** A turn begins no slice after that time. */
  private static final long TURN_NANOS = 200_000;

  /** A turn that has not come after that time is requested again: the host may have dropped it. */
  private static final long OVERDUE_NANOS = 1_000_000_000;

  private final RealTimeLoop loop;
  private final Host host;
  private final LiveScheduler scheduler;
  private final Turn turn = new Turn();
  private final Alarm alarm = new Alarm(this::requestTurn);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicBoolean requested = new AtomicBoolean();
  private final AtomicBoolean hostLost = new AtomicBoolean();
  private volatile long requestedAt;
  private volatile boolean begun;

  /** Drives when the host does not any more. */
  private volatile @Nullable Thread substitute;

  HostDriver(RealTimeLoop loop, Thread.UncaughtExceptionHandler uncaught, Host host) {
    this.loop = loop;
    this.host = host;
    this.scheduler = new LiveScheduler(loop, uncaught, this::requestTurn);
  }

  @Override
  public LiveScheduler scheduler() {
    return scheduler;
  }

  @Override
  public Optional<Host> host() {
    return Optional.of(host);
  }

  private void requestTurn() {
    if (requested.get()) {
      requestAgainIfOverdue();
    } else if (!loop.isTerminated() && requested.compareAndSet(false, true)) {
      submitTurn();
    }
  }

  private void requestAgainIfOverdue() {
    if (requested.get() && System.nanoTime() - requestedAt > OVERDUE_NANOS) {
      submitTurn();
    }
  }

  private void submitTurn() {
    requestedAt = System.nanoTime();
    try {
      host.execute(this::runTurn);
    } catch (RejectedExecutionException e) {
      loseHost("runs nothing any more");
    }
  }

  private void runTurn() {
    if (turn.takeNow()) {
      try {
        begun = true;
        driveForATurn();
      } finally {
        turn.giveBack();
      }
    }
  }

  private void driveForATurn() {
    Thread thread = Thread.currentThread();
    if (thread.isVirtual()) {
      loseHost("has virtual threads, and these can carry no others");
    } else if (!host.isCurrentThread()) {
      loseHost(
          "is a pool: it used thread \"%s\" though it has another".formatted(thread.getName()));
    } else if (!loop.isTerminated()) {
      scheduler.runFor(TURN_NANOS);
      planNextTurn();
    }
  }

  /** Whoever hands over from the second line on finds no turn requested, and requests one. */
  private void planNextTurn() {
    boolean hasEnded = loop.hasEnded();
    requested.set(false);
    long next = hasEnded ? Timers.NONE : scheduler.nanosUntilNext();
    if (next == 0) {
      requestTurn();
    } else if (next != Timers.NONE) {
      alarm.set(next);
    }
  }

  /**
   * Ends what is left on a thread made for that: the finally blocks of tasks have to run, and
   * somebody may wait for them.
   */
  private void loseHost(String why) {
    if (hostLost.compareAndSet(false, true)) {
      loop.shutDown("its host %s, which %s".formatted(host, why));
      Thread.ofPlatform().daemon().name(loop.name()).start(() -> endWithoutHost(why));
    }
  }

  private void endWithoutHost(String why) {
    try {
      turn.takeUnless(loop::isTerminated, Long.MAX_VALUE);
    } catch (InterruptedException e) {
      // Nobody knows this thread before it has the turn.
    }
    substitute = Thread.currentThread();
    List<TaskState> left = tasks().tasks();
    if (!left.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "%s has lost its host, which %s. Tasks that were left are cancelled: %s"
              .formatted(loop, why, names(left)));
    }
    loop.close();
  }

  private static String names(List<TaskState> tasks) {
    return tasks.stream().map(task -> '"' + task.name() + '"').collect(Collectors.joining(", "));
  }

  @Override
  public void requireMayRun() {
    if (host.isCurrentThread()) {
      throw new IllegalStateException(
          "run() was called on thread \"%s\", on which this loop \"%s\" runs its tasks: it would wait for itself. Call the code directly, or spawn() it."
              .formatted(Thread.currentThread().getName(), loop.name()));
    }
  }

  @Override
  public void await(Task<?> task) throws InterruptedException {
    boolean told = false;
    while (!isDoneWithin(task, OVERDUE_NANOS)) {
      requestAgainIfOverdue();
      if (!begun && !told) {
        told = true;
        LOG.log(
            System.Logger.Level.WARNING,
            "run() waits for %s, which has not begun to run tasks yet. If thread \"%s\" is the host's own, it waits for itself: spawn() the code there instead."
                .formatted(loop, Thread.currentThread().getName()));
      }
    }
    if (task.isCancelled() && hostLost.get()) {
      loop.requireOpen();
    }
  }

  private static boolean isDoneWithin(Task<?> task, long nanos) throws InterruptedException {
    try {
      task.get(nanos, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | CancellationException e) {
      return true;
    }
  }

  @Override
  public boolean canEndMeanwhile() {
    return !host.isCurrentThread();
  }

  @Override
  public boolean isCaller() {
    return host.isCurrentThread();
  }

  @Override
  public void awaitEnd(long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    if (Thread.currentThread() == substitute) {
      scheduler.wakeAfter(nanos);
      scheduler.driveUntil(() -> loop.hasEnded() || System.nanoTime() - deadline >= 0);
      return;
    }
    long left = nanos;
    while (left > 0 && !ended.await(Math.min(left, OVERDUE_NANOS), TimeUnit.NANOSECONDS)) {
      requestAgainIfOverdue();
      left = deadline - System.nanoTime();
    }
  }

  /** Between its turns the host's thread could not be asked by itself. */
  @Override
  public TaskStates tasks() {
    if (Thread.currentThread() == substitute) {
      return scheduler.taskStatesUndriven();
    }
    if (!host.isCurrentThread() || !turn.takeNow()) {
      return scheduler.askForTaskStates(() -> null);
    }
    try {
      return scheduler.taskStatesUndriven();
    } finally {
      turn.giveBack();
    }
  }

  @Override
  public void ended() {
    alarm.cancel();
    ended.countDown();
  }

  @Override
  public String toString() {
    return host.toString();
  }
}
