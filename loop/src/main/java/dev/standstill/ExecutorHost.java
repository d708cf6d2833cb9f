package dev.standstill;

import java.util.Objects;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Lends the thread of a single-threaded executor to an {@link EventLoop}.
 *
 * <pre>{@code
 * EventLoop loop = EventLoop.on(ExecutorHost.of(executor));
 * }</pre>
 *
 * <p>Any thread may call. Hosts for the same executor are equal.
 */
public final class ExecutorHost implements Host {

  private final ScheduledExecutorService executor;
  private volatile @Nullable Thread thread;

  private ExecutorHost(ScheduledExecutorService executor) {
    this.executor = executor;
  }

  /**
   * Returns a host for {@code executor}, and lets it note its thread as soon as it gets round to
   * that. An executor that turns out later to have several threads loses the tasks it was given:
   * they are cancelled, and the log says why.
   *
   * @param executor an executor with one platform thread
   * @return the host
   * @throws IllegalArgumentException if the executor is seen to have more than one thread, or is an
   *     {@code EventLoop} itself
   * @throws java.util.concurrent.RejectedExecutionException if the executor is shut down
   */
  public static ExecutorHost of(ScheduledExecutorService executor) {
    Objects.requireNonNull(executor, "executor");
    if (executor instanceof EventLoop) {
      throw new IllegalArgumentException(
          "%s is an event loop already: use it as it is.".formatted(executor));
    }
    if (isPool(executor)) {
      throw new IllegalArgumentException(
          "%s is a pool, and a loop needs the one thread that all its tasks run on: give it an executor with one, such as Executors.newSingleThreadScheduledExecutor()."
              .formatted(executor));
    }
    ExecutorHost host = new ExecutorHost(executor);
    executor.execute(host::noteThread);
    return host;
  }

  /** A scheduled executor never has more threads than its core. */
  private static boolean isPool(ScheduledExecutorService executor) {
    return executor instanceof ForkJoinPool
        || executor instanceof ThreadPoolExecutor pool && pool.getCorePoolSize() > 1;
  }

  /**
   * Returns the executor.
   *
   * @return the executor that was given
   */
  public ScheduledExecutorService executor() {
    return executor;
  }

  @Override
  public void execute(Runnable turn) {
    executor.execute(() -> {
      noteThread();
      turn.run();
    });
  }

  /** An executor may replace a thread that has ended. */
  private void noteThread() {
    Thread noted = thread;
    if (noted == null || !noted.isAlive()) {
      thread = Thread.currentThread();
    }
  }

  @Override
  public boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ExecutorHost host && host.executor == executor;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(executor);
  }

  @Override
  public String toString() {
    return "%s@%x".formatted(executor.getClass().getSimpleName(), hashCode());
  }
}
