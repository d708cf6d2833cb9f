package dev.standstill;

import dev.standstill.core.CausedByInterrupt;
import dev.standstill.core.GroupMember;
import dev.standstill.core.LoopExecutor;
import dev.standstill.core.LoopTask;
import dev.standstill.core.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a {@link TaskGroup}: who they are, whether they run, who failed first. Those that
 * have ended are let go.
 */
final class GroupTasks {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  /** So many may be done before they are forgotten. */
  private static final int KEPT = 64;

  private final EventLoop loop;
  private final LoopExecutor executor;
  private final Thread owner = Thread.currentThread();
  private final OwnInterrupts interruptsOfOwner = OwnInterrupts.ofCaller();
  private final boolean ownerCancelledBefore = Scheduler.isCallerCancelled();
  private final boolean failFast;
  private final Duration patience;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  // Guarded by the lock.

  /** In the order in which they were started; some of them may be done. */
  private final Set<Task<?>> living = new LinkedHashSet<>();

  private int forgetAt = KEPT;

  /** Those that have begun and not ended, be they done or not. */
  private final Set<Body<?>> running = new LinkedHashSet<>();

  /** What cancelled tasks threw in their clean-up while none had failed. */
  private final List<Throwable> failedCleanUps = new ArrayList<>();

  private int started;
  private boolean cancelled;

  /** Whether the owner waits for the tasks, and for nothing else. */
  private boolean joining;

  /** Whether the owner was interrupted because a task has failed. */
  private boolean ownerInterrupted;

  /** Whether whoever waits for their end has been told of it. */
  private boolean over;

  private @Nullable Throwable failure;

  /**
   * For the owner.
   *
   * @param loop the loop that they run on
   * @param failFast whether the failure of one cancels the others and interrupts the owner
   * @param patience after so long in real time whoever waits for cancelled tasks says so
   */
  GroupTasks(EventLoop loop, boolean failFast, Duration patience) {
    this.loop = loop;
    this.executor = CurrentLoop.executorOf(loop);
    this.patience = patience;
    this.failFast = failFast;
  }

  /**
   * Starts another; cancelled at once if all have been. Without the lock it may wait for a place.
   */
  <V extends @Nullable Object> Task<V> start(String name, Callable<V> body) {
    Body<V> counted = new Body<>(body, executor.takePlace());
    lock.lock();
    try {
      over = false;
      Task<V> task = loop.spawn(name, counted);
      counted.task = task;
      started++;
      living.add(task);
      if (living.size() > forgetAt) {
        living.removeIf(GroupTasks::isOver);
        forgetAt = 2 * living.size() + KEPT;
      }
      if (cancelled) {
        task.cancel(true);
      }
      return task;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a task is done; what it has thrown it has told the group. */
  private static boolean isOver(Task<?> task) {
    return task.isDone() && task.state() != Future.State.RUNNING;
  }

  /** Cancels all, and those that are started from now on. */
  void cancel() {
    lock.lock();
    try {
      cancelled = true;
      living.forEach(task -> task.cancel(true));
    } finally {
      lock.unlock();
    }
  }

  /** How many have been started. */
  int count() {
    lock.lock();
    try {
      return started;
    } finally {
      lock.unlock();
    }
  }

  /** What the first that failed threw; null if none has. */
  @Nullable Throwable failure() {
    lock.lock();
    try {
      return failure;
    } finally {
      lock.unlock();
    }
  }

  /** Takes what cancelled tasks threw in their clean-up, but for what a failure tells. */
  List<Throwable> takeFailedCleanUps() {
    lock.lock();
    try {
      List<Throwable> taken = List.copyOf(failedCleanUps);
      failedCleanUps.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** From now on the owner, which calls, waits for the tasks: no failure need interrupt it. */
  void ownerJoins() {
    boolean interrupted;
    lock.lock();
    try {
      joining = true;
      interrupted = ownerInterrupted;
      ownerInterrupted = false;
    } finally {
      lock.unlock();
    }
    if (interrupted) {
      interruptsOfOwner.isOver();
      if (!ownerCancelledBefore && Scheduler.isCallerCancelled()) {
        owner.interrupt();
      }
    }
  }

  /** Returns when every task is done, which is not yet ended if it was cancelled. */
  void awaitDone() throws InterruptedException {
    for (Task<?> task = first(); task != null; task = first()) {
      try {
        task.get();
      } catch (ExecutionException | CancellationException e) {
        // The task itself has told fail().
      }
      forget(task);
    }
  }

  /** Returns when no task runs any more; the interrupts of the caller are kept for later. */
  void awaitEnd() {
    boolean interrupted = false;
    while (true) {
      try {
        awaitDone();
        awaitNoneRunning();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    Throwable kept = failure();
    if (kept != null) {
      executor.toldByGroup(kept);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tasks that are cancelled before they begin never do. */
  private void awaitNoneRunning() throws InterruptedException {
    for (Set<Thread> left = awaitNone(); !left.isEmpty(); left = awaitNone()) {
      logRunning(left);
    }
  }

  /** Waits until no task runs; returns the threads of those that still do after too long. */
  private Set<Thread> awaitNone() throws InterruptedException {
    lock.lock();
    try {
      long nanos = patience.toNanos();
      while (!running.isEmpty() && nanos > 0) {
        if (loop.hasVirtualTime()) {
          ended.await();
        } else {
          nanos = ended.awaitNanos(nanos);
        }
      }
      over = running.isEmpty();
      return running.stream().map(body -> body.thread).collect(Collectors.toSet());
    } finally {
      lock.unlock();
    }
  }

  /** Without the lock: others go on while the loop is looked at. */
  private void logRunning(Set<Thread> threads) {
    String stacks =
        loop.tasks().stream()
            .filter(task -> threads.contains(task.thread()))
            .map(task -> System.lineSeparator() + task)
            .collect(Collectors.joining());
    LOG.log(
        System.Logger.Level.WARNING,
        "The group opened by \"%s\" waits for %d of its tasks, which were cancelled and have not ended for %s: they do not heed the interrupt.%s"
            .formatted(owner.getName(), threads.size(), patience, stacks));
  }

  /** The one that was started first of those that are left; null if none is. */
  private @Nullable Task<?> first() {
    lock.lock();
    try {
      Iterator<Task<?>> left = living.iterator();
      return left.hasNext() ? left.next() : null;
    } finally {
      lock.unlock();
    }
  }

  private void forget(Task<?> task) {
    lock.lock();
    try {
      living.remove(task);
    } finally {
      lock.unlock();
    }
  }

  /** The body of a task, which tells when it begins and how it ends. */
  private final class Body<V extends @Nullable Object> implements Callable<V>, GroupMember {

    private final Callable<V> body;
    private final boolean hasPlace;

    /** The handle; guarded by the lock. */
    private @Nullable Task<V> task;

    /** The one that runs it; guarded by the lock. */
    private @Nullable Thread thread;

    Body(Callable<V> body, boolean hasPlace) {
      this.body = body;
      this.hasPlace = hasPlace;
    }

    @Override
    public boolean hasPlace() {
      return hasPlace;
    }

    @Override
    public V call() throws Exception {
      begin(this);
      try {
        return body.call();
      } catch (Throwable e) {
        if (fail(this, e)) {
          throw e;
        }
        throw new CancellationException("The group of this task tells what it has thrown.");
      } finally {
        end(this);
      }
    }
  }

  /**
   * Refuses a task that was cancelled just before, when all seemed to have ended: nobody waits for
   * it any more.
   */
  private void begin(Body<?> body) {
    lock.lock();
    try {
      if (over) {
        throw new CancellationException("The group of this task has ended.");
      }
      body.thread = Thread.currentThread();
      running.add(body);
    } finally {
      lock.unlock();
    }
  }

  /**
   * The end of a task that was cancelled is no failure of the group, but what it throws in its
   * clean-up is kept.
   *
   * @return whether the task shall tell of it, too
   */
  private boolean fail(Body<?> body, Throwable thrown) {
    lock.lock();
    try {
      boolean isCancelled = cancelled || body.task != null && body.task.isCancelled();
      if (isCancelled && CausedByInterrupt.is(thrown)) {
        return true;
      }
      if (failure != null) {
        if (failure != thrown && !CausedByInterrupt.is(thrown)) {
          failure.addSuppressed(thrown);
        }
      } else if (isCancelled) {
        failedCleanUps.add(thrown);
      } else {
        failFirst(body, thrown);
      }
      if (body.task instanceof LoopTask<?> task) {
        task.failureIsTold(); // a cancel may come before the task is done
      }
      return !isCancelled;
    } finally {
      lock.unlock();
    }
  }

  private void failFirst(Body<?> failed, Throwable thrown) {
    failure = thrown;
    executor.keptByGroup(Thread.currentThread().getName(), thrown);
    failedCleanUps.forEach(thrown::addSuppressed);
    failedCleanUps.clear();
    if (failFast) {
      cancelled = true;
      living.stream().filter(task -> task != failed.task).forEach(task -> task.cancel(true));
      if (!joining) {
        ownerInterrupted = true;
        interruptsOfOwner.interrupt();
      }
    }
  }

  private void end(Body<?> body) {
    lock.lock();
    try {
      running.remove(body);
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
