package dev.standstill.test.stage;

import dev.standstill.EventLoop;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A constructor, fixture or test to run on a loop, and what came of it. Any thread may ask.
 *
 * @param <T> what it returns
 */
final class Phase<T extends @Nullable Object> implements Runnable {

  private final Work<T> work;
  private final EventLoop loop;
  private final Framework framework;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();

  /** As it was thrown: a future would not give back a cancellation, or what wraps a cause. */
  private volatile @Nullable Throwable thrown;

  private final CompletableFuture<?> ended = outcome.handle((result, failure) -> true);

  Phase(Work<T> work, EventLoop loop, Framework framework) {
    this.work = work;
    this.loop = loop;
    this.framework = framework;
  }

  /** Called by a task of the loop. */
  @Override
  public void run() {
    try {
      outcome.complete(work.run());
    } catch (Throwable failure) {
      framework.tell(failure, loop);
      thrown = failure;
      outcome.completeExceptionally(failure);
    }
  }

  /** Is completed, never with a failure, when the phase is over. */
  CompletableFuture<?> ended() {
    return ended;
  }

  /** What the phase returned; throws what it threw. Only to be called when it is over. */
  T result() throws Throwable {
    Throwable failure = thrown;
    if (failure != null) {
      throw failure;
    }
    return outcome.resultNow();
  }
}
