package dev.standstill;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The first result of several bodies; if all fail, the failure of the first that did, with those of
 * the others attached. Any thread may call.
 */
final class FirstSuccess<V extends @Nullable Object> {

  private final CompletableFuture<V> first = new CompletableFuture<>();

  // Guarded by this.
  private int left;
  private @Nullable Throwable failure;

  FirstSuccess(int bodies) {
    left = bodies;
  }

  /** Runs one of the bodies. */
  void run(Callable<? extends V> body) {
    try {
      first.complete(body.call());
    } catch (Throwable e) {
      fail(e);
    }
  }

  private synchronized void fail(Throwable thrown) {
    if (failure == null) {
      failure = thrown;
    } else if (failure != thrown) {
      failure.addSuppressed(thrown);
    }
    if (--left == 0) {
      first.completeExceptionally(failure);
    }
  }

  /** Done with the first result, or when all have failed. */
  CompletableFuture<V> future() {
    return first;
  }
}
