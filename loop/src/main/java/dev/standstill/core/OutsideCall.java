package dev.standstill.core;

import dev.standstill.jdk.OutsideThreads;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * What a task lets a thread outside all loops do for it, and waits for. Until it is over the task
 * is externally blocked.
 */
public final class OutsideCall<V extends @Nullable Object> extends FutureTask<V> {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private final String task = Thread.currentThread().getName();
  private volatile boolean over;

  private OutsideCall(Callable<V> body) {
    super(body);
  }

  /**
   * Has {@code body} run outside, and waits for its end; an interrupt is handed on to it, and ends
   * the wait.
   */
  public static <V extends @Nullable Object> V call(Callable<V> body) throws Exception {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before the call outside");
    }
    OutsideCall<V> call = new OutsideCall<>(body);
    OutsideThreads.executor().execute(call);
    try {
      return LoopExecutor.resultOf(call);
    } catch (InterruptedException e) {
      call.cancel(true);
      throw e;
    }
  }

  /** Whether it has ended, and who waited for it has been woken. */
  boolean isOver() {
    return over;
  }

  @Override
  protected void done() {
    over = true;
  }

  /** Nobody waits any more for what was cancelled; so what it throws is told here. */
  @Override
  protected void setException(Throwable thrown) {
    super.setException(thrown);
    if (isCancelled() && !CausedByInterrupt.is(thrown)) {
      LOG.log(
          System.Logger.Level.WARNING,
          "What task \"%s\" had called outside its loop failed after the task was interrupted and went on without it."
              .formatted(task),
          thrown);
    }
  }
}
