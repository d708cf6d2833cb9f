package dev.standstill;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The handle of a task that was started with {@link EventLoop#spawn}. Any thread may use it.
 *
 * <p>{@link #cancel cancel(true)} interrupts the task. A failure of a task that nobody waits for is
 * reported when it ends: a production loop gives it to its {@linkplain
 * EventLoop#setUncaughtExceptionHandler handler} or logs it; a test loop throws it when it closes,
 * unless somebody has asked for it through any method of {@code Future}.
 *
 * <p>What the task did happens-before {@link #get()} returns.
 *
 * @param <V> what the task computes
 */
public interface Task<V extends @Nullable Object> extends Future<V> {

  /**
   * Returns the name the task was started with, or one made from a number.
   *
   * @return the name, which is also that of the task's thread
   */
  String name();

  /**
   * Returns the task as a {@code CompletableFuture}, for what is to happen when it ends and for
   * code that composes such futures.
   *
   * <pre>{@code
   * loop.spawn("price", () -> fetchPrice(item))
   *     .toCompletableFuture()
   *     .thenAccept(price -> show(price)) // a task of the loop, which may block
   *     .exceptionally(failure -> { log(failure); return null; });
   * }</pre>
   *
   * <p>All stages that follow, asynchronous or not, run as tasks of the loop unless an executor is
   * given; once the loop is closed they fail with {@code RejectedExecutionException}. Cancelling
   * the future cancels the task; cancelling a stage that follows does not. Completing the future
   * does nothing to the task.
   *
   * <p>Whoever has the future counts as having asked for the result: what the task throws is not
   * reported any more.
   *
   * @return the future of this task, always the same
   */
  CompletableFuture<V> toCompletableFuture();
}
