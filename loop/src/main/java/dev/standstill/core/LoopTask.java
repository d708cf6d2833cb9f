package dev.standstill.core;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * What a task computes. Any thread may call.
 *
 * <p>It is the uncaught-exception handler of its thread, too; that is how a thread leads back to
 * its handle.
 *
 * <p>A failure counts as observed once anybody has asked for it through one of the methods of
 * {@code Future}. One that is told at the end of its task is not looked after any more. What a
 * cancelled task throws in its clean-up no method of it tells.
 */
public class LoopTask<V extends @Nullable Object> extends FutureTask<V>
    implements Thread.UncaughtExceptionHandler {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  /** Counts who waits for the result now. */
  @SuppressWarnings("rawtypes") // the updater of a generic class
  private static final AtomicIntegerFieldUpdater<LoopTask> ASKING =
      AtomicIntegerFieldUpdater.newUpdater(LoopTask.class, "asking");

  private final LoopExecutor loop;
  private final String name;
  private volatile int asking;
  private volatile UnobservedFailures.@Nullable Failure unobserved;
  private volatile boolean interruptedByCancel;
  private volatile boolean cutOff;
  private volatile boolean failureIsTold;

  /** Made when it is asked for. */
  private volatile @Nullable TaskStage<V> stage;

  protected LoopTask(LoopExecutor loop, String name, Callable<V> body) {
    super(body);
    this.loop = loop;
    this.name = name;
  }

  /** The name of the task and of its thread. */
  public final String name() {
    return name;
  }

  /** Whether the task is meant to be cut off when its loop closes. */
  protected boolean isBackground() {
    return false;
  }

  /**
   * Whether a failure is told at the end of the task if nobody waits for the result then; else when
   * nobody can ask any more.
   */
  protected boolean tellsFailureAtEnd() {
    return false;
  }

  final LoopExecutor loop() {
    return loop;
  }

  /** Never called for what the body throws, which {@code FutureTask} keeps. */
  @Override
  public final void uncaughtException(Thread thread, Throwable exception) {
    loop.uncaught().uncaughtException(thread, exception);
  }

  @Override
  protected void setException(Throwable cause) {
    if (!(cause instanceof TaskStoppedError)) {
      loop.taskFailed(cause);
    }
    boolean isTold = tellsFailureAtEnd() && !loop.failuresWait();
    boolean isTellNow = isTold && asking == 0 && stage == null;
    if (!isTellNow && !isDone() && !(cause instanceof TaskStoppedError)) {
      unobserved = loop.addUnobservedFailure(this, name, cause);
    }
    super.setException(cause);
    if (isCancelled()) {
      observe();
      if (!failureIsTold) {
        tellFailureOfCleanUp(cause, isTold);
      }
    } else if (isTellNow) {
      tell(cause);
    }
  }

  private void tell(Throwable failure) {
    uncaughtException(Thread.currentThread(), failure);
  }

  /** Whoever asks a cancelled task for its result is not told of it, so nobody observes it. */
  private void tellFailureOfCleanUp(Throwable cause, boolean atOnce) {
    if (cause instanceof TaskStoppedError || CausedByInterrupt.is(cause)) {
      return;
    }
    if (cutOff) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Task \"%s\", which was cut off when %s was closed, failed in its clean-up."
              .formatted(name, loop),
          cause);
    } else if (atOnce) {
      tell(cause);
    } else {
      loop.addUnobservedFailure(this, name, cause);
    }
  }

  /** What the task is about to fail with somebody else tells, should it be cancelled meanwhile. */
  public final void failureIsTold() {
    failureIsTold = true;
  }

  /** Cancelled with an interrupt, the task stays marked so that this is never lost. */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (mayInterruptIfRunning && !isDone()) {
      interruptedByCancel = true;
    }
    return super.cancel(mayInterruptIfRunning);
  }

  /**
   * Cancels the task because its loop is closed. That may make any call of it fail, so what it
   * throws then is logged, and no failure of the run.
   */
  final void cutOff() {
    cutOff = !isDone();
    cancel(true);
  }

  /** Whether the task was interrupted because it was cancelled, whatever became of that. */
  final boolean isInterruptedByCancel() {
    return interruptedByCancel;
  }

  @Override
  protected void done() {
    loop.wakeThoseWhoWait();
    TaskStage<V> asked = stage;
    if (asked != null) {
      asked.settle(this);
    }
  }

  /**
   * The task as a {@code CompletableFuture} whose stages run as tasks of the loop; always the same.
   */
  public final CompletableFuture<V> toCompletableFuture() {
    TaskStage<V> asked = stage();
    if (isDone()) {
      asked.settle(this);
    }
    return asked;
  }

  private synchronized TaskStage<V> stage() {
    TaskStage<V> asked = stage;
    if (asked == null) {
      asked = new TaskStage<>(loop, this);
      stage = asked;
    }
    return asked;
  }

  @Override
  public V get() throws InterruptedException, ExecutionException {
    loop.refuseToBlockDriver(this);
    ASKING.incrementAndGet(this);
    try {
      return super.get();
    } finally {
      ASKING.decrementAndGet(this);
      observe();
    }
  }

  @Override
  public V get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    loop.refuseToBlockDriver(this);
    ASKING.incrementAndGet(this);
    try {
      return super.get(timeout, unit);
    } finally {
      ASKING.decrementAndGet(this);
      observe();
    }
  }

  @Override
  public V resultNow() {
    observe();
    return super.resultNow();
  }

  @Override
  public Throwable exceptionNow() {
    observe();
    return super.exceptionNow();
  }

  @Override
  public State state() {
    observe();
    return super.state();
  }

  private void observe() {
    UnobservedFailures.Failure failure = unobserved;
    if (failure != null && isDone()) {
      unobserved = null;
      loop.observed(failure);
    }
  }
}
