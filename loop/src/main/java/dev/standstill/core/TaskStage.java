package dev.standstill.core;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A task as a {@code CompletableFuture}, and the stages that follow it: each runs as a task of the
 * loop, whoever completes the stage before or asks for it when that is done. Any thread may call.
 *
 * <p>The JDK lets a stage that is not asynchronous run in the thread that completes the one before,
 * or in the caller; so here the methods for those are the asynchronous ones.
 */
final class TaskStage<V extends @Nullable Object> extends CompletableFuture<V> {

  private final LoopExecutor loop;

  /** Null for the stages that follow. */
  private final @Nullable LoopTask<V> task;

  TaskStage(LoopExecutor loop, @Nullable LoopTask<V> task) {
    this.loop = loop;
    this.task = task;
  }

  /** Takes over how the task has ended, which is done. */
  void settle(LoopTask<V> done) {
    switch (done.state()) {
      case SUCCESS -> complete(done.resultNow());
      case FAILED -> completeExceptionally(done.exceptionNow());
      case CANCELLED -> super.cancel(false);
      case RUNNING -> throw new IllegalStateException(done + " is not done.");
    }
  }

  @Override
  public Executor defaultExecutor() {
    return loop.stages();
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
    return new TaskStage<>(loop, null);
  }

  /** Cancels the task, too. */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (task != null) {
      task.cancel(mayInterruptIfRunning);
    }
    return super.cancel(mayInterruptIfRunning);
  }

  @Override
  public V get() throws InterruptedException, ExecutionException {
    loop.refuseToBlockDriver(this);
    return super.get();
  }

  @Override
  public V get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    loop.refuseToBlockDriver(this);
    return super.get(timeout, unit);
  }

  /**
   * {@inheritDoc}
   *
   * @throws CompletionException as that of {@code CompletableFuture}
   */
  @Override
  public V join() {
    loop.refuseToBlockDriver(this);
    return super.join();
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenApply(
      Function<? super V, ? extends U> next) {
    return thenApplyAsync(next);
  }

  @Override
  public CompletableFuture<Void> thenAccept(Consumer<? super V> next) {
    return thenAcceptAsync(next);
  }

  @Override
  public CompletableFuture<Void> thenRun(Runnable next) {
    return thenRunAsync(next);
  }

  @Override
  public <U extends @Nullable Object, R extends @Nullable Object> CompletableFuture<R> thenCombine(
      CompletionStage<? extends U> other, BiFunction<? super V, ? super U, ? extends R> next) {
    return thenCombineAsync(other, next);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<Void> thenAcceptBoth(
      CompletionStage<? extends U> other, BiConsumer<? super V, ? super U> next) {
    return thenAcceptBothAsync(other, next);
  }

  @Override
  public CompletableFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable next) {
    return runAfterBothAsync(other, next);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> applyToEither(
      CompletionStage<? extends V> other, Function<? super V, U> next) {
    return applyToEitherAsync(other, next);
  }

  @Override
  public CompletableFuture<Void> acceptEither(
      CompletionStage<? extends V> other, Consumer<? super V> next) {
    return acceptEitherAsync(other, next);
  }

  @Override
  public CompletableFuture<Void> runAfterEither(CompletionStage<?> other, Runnable next) {
    return runAfterEitherAsync(other, next);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> thenCompose(
      Function<? super V, ? extends CompletionStage<U>> next) {
    return thenComposeAsync(next);
  }

  @Override
  public CompletableFuture<V> whenComplete(BiConsumer<? super V, ? super Throwable> next) {
    return whenCompleteAsync(next);
  }

  @Override
  public <U extends @Nullable Object> CompletableFuture<U> handle(
      BiFunction<? super V, Throwable, ? extends U> next) {
    return handleAsync(next);
  }

  @Override
  public CompletableFuture<V> exceptionally(Function<Throwable, ? extends V> next) {
    return exceptionallyAsync(next);
  }

  @Override
  public CompletableFuture<V> exceptionallyCompose(
      Function<Throwable, ? extends CompletionStage<V>> next) {
    return exceptionallyComposeAsync(next);
  }
}
