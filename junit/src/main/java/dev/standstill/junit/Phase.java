package dev.standstill.junit;

import dev.standstill.EventLoop;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.InvocationInterceptor.Invocation;

/**
 * A constructor, fixture or test to run on a loop, and what came of it. Any thread may ask.
 *
 * @param <T> what it returns
 */
final class Phase<T extends @Nullable Object> implements Runnable {

  private final Invocation<T> invocation;
  private final EventLoop loop;
  private final LoopUsers users;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();
  private final CompletableFuture<?> ended = outcome.handle((result, failure) -> true);

  /**
   * @param users whose loop it is
   */
  Phase(Invocation<T> invocation, EventLoop loop, LoopUsers users) {
    this.users = users;
    this.invocation = invocation;
    this.loop = loop;
  }

  /** Called by a task of the loop. */
  @Override
  public void run() {
    try {
      outcome.complete(invocation.proceed());
    } catch (Throwable failure) {
      RunDetails.addTo(failure, loop, users);
      outcome.completeExceptionally(failure);
    }
  }

  /** Is completed, never with a failure, when the phase is over. */
  CompletableFuture<?> ended() {
    return ended;
  }

  /** What the phase returned; throws what it threw. Only to be called when it is over. */
  T result() throws Throwable {
    if (outcome.isCompletedExceptionally()) {
      throw outcome.exceptionNow();
    }
    return outcome.resultNow();
  }
}
