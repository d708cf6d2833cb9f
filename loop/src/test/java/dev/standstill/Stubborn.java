package dev.standstill;

import java.util.concurrent.CompletableFuture;

/** A task that ends when it is closed, and not when it is interrupted. */
final class Stubborn implements ThrowingRunnable, AutoCloseable {

  private final CompletableFuture<Void> end = new CompletableFuture<>();

  @Override
  public void run() {
    end.join();
  }

  @Override
  public void close() {
    end.complete(null);
  }

  /** Runs until {@code end}, without ever letting another task run. */
  static void spin(CompletableFuture<Void> begun, CompletableFuture<Void> end) {
    begun.complete(null);
    while (!end.isDone()) {
      Thread.onSpinWait();
    }
  }
}
