package dev.standstill;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The tasks of a {@link TaskGroup}: who they are, whether they run, who failed first. */
final class GroupTasks {

  private final EventLoop loop;
  private final boolean failFast;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  // Guarded by the lock.
  private final List<Task<?>> tasks = new ArrayList<>();
  private int running;
  private boolean cancelled;

  /** Whether whoever waits for their end has been told of it. */
  private boolean over;

  private @Nullable Throwable failure;

  /**
   * @param loop the loop that they run on
   * @param failFast whether the failure of one cancels the others
   */
  GroupTasks(EventLoop loop, boolean failFast) {
    this.loop = loop;
    this.failFast = failFast;
  }

  /** Starts another; cancelled at once if all have been. */
  <V extends @Nullable Object> Task<V> start(String name, Callable<V> body) {
    lock.lock();
    try {
      over = false;
      Body<V> counted = new Body<>(body);
      Task<V> task = loop.spawn(name, counted);
      counted.task = task;
      tasks.add(task);
      if (cancelled) {
        task.cancel(true);
      }
      return task;
    } finally {
      lock.unlock();
    }
  }

  /** Cancels all, and those that are started from now on. */
  void cancel() {
    lock.lock();
    try {
      cancelled = true;
      tasks.forEach(task -> task.cancel(true));
    } finally {
      lock.unlock();
    }
  }

  /** How many have been started. */
  int count() {
    lock.lock();
    try {
      return tasks.size();
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

  /** Returns when every task is done, which is not yet ended if it was cancelled. */
  void awaitDone() throws InterruptedException {
    int index = 0;
    for (Task<?> task = task(index); task != null; task = task(++index)) {
      try {
        task.get();
      } catch (ExecutionException | CancellationException e) {
        // The task itself has told fail().
      }
    }
  }

  /** Returns when no task runs any more; the interrupts of the caller are kept for later. */
  void awaitEnd() {
    boolean interrupted = false;
    int index = 0;
    for (Task<?> task = task(index); task != null; task = task(++index)) {
      interrupted |= awaitDone(task);
    }
    awaitNoneRunning();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether the caller was interrupted meanwhile. */
  private static boolean awaitDone(Task<?> task) {
    boolean interrupted = false;
    while (true) {
      try {
        task.get();
        return interrupted;
      } catch (ExecutionException | CancellationException e) {
        return interrupted;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
  }

  /** Tasks that are cancelled before they begin never do. */
  private void awaitNoneRunning() {
    lock.lock();
    try {
      while (running > 0) {
        ended.awaitUninterruptibly();
      }
      over = true;
    } finally {
      lock.unlock();
    }
  }

  /** The one that was started after {@code index} others; null if there is none yet. */
  private @Nullable Task<?> task(int index) {
    lock.lock();
    try {
      return index < tasks.size() ? tasks.get(index) : null;
    } finally {
      lock.unlock();
    }
  }

  /** The body of a task, which tells when it begins and how it ends. */
  private final class Body<V extends @Nullable Object> implements Callable<V> {

    private final Callable<V> body;

    /** The handle; guarded by the lock. */
    private @Nullable Task<V> task;

    Body(Callable<V> body) {
      this.body = body;
    }

    @Override
    public V call() throws Exception {
      begin();
      try {
        return body.call();
      } catch (Throwable e) {
        fail(this, e);
        throw e;
      } finally {
        end();
      }
    }
  }

  /**
   * Refuses a task that was cancelled just before, when all seemed to have ended: nobody waits for
   * it any more.
   */
  private void begin() {
    lock.lock();
    try {
      if (over) {
        throw new CancellationException("The group of this task has ended.");
      }
      running++;
    } finally {
      lock.unlock();
    }
  }

  /** The end of a task that was cancelled by itself is no failure of the group. */
  private void fail(Body<?> body, Throwable thrown) {
    lock.lock();
    try {
      boolean isCancellation =
          thrown instanceof InterruptedException || thrown instanceof CancellationException;
      boolean isItsOwn = cancelled || body.task != null && body.task.isCancelled();
      if (failure == null && !(isItsOwn && isCancellation)) {
        failure = thrown;
        if (failFast) {
          cancel();
        }
      } else if (failure != null && failure != thrown && !isCancellation) {
        failure.addSuppressed(thrown);
      }
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      running--;
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
