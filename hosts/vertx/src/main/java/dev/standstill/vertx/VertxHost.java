package dev.standstill.vertx;

import dev.standstill.Host;
import io.netty.channel.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lends the event loop of a Vert.x context to a {@link dev.standstill.EventLoop}.
 *
 * <pre>{@code
 * EventLoop loop = EventLoop.on(VertxHost.of(vertx.getOrCreateContext()));
 * }</pre>
 *
 * <p>Tasks run on the context's thread, and may block: its handlers run meanwhile. They are virtual
 * threads, though, so {@code Vertx.currentContext()} answers null in a task, and Vert.x hands over
 * what a task does to a response or a connection. A task waits for a Vert.x future with {@code
 * future.toCompletionStage().toCompletableFuture().get()}.
 *
 * <p>Any thread may call. Hosts for the same context are equal; a request's own duplicate of a
 * context counts as the same.
 */
public final class VertxHost implements Host {

  private final ContextInternal context;

  private VertxHost(ContextInternal context) {
    this.context = context;
  }

  /**
   * Returns a host for {@code context}.
   *
   * @param context a context whose handlers run on an event loop
   * @return the host
   * @throws IllegalArgumentException if its handlers run on worker threads or virtual threads
   */
  public static VertxHost of(Context context) {
    Objects.requireNonNull(context, "context");
    if (!context.isEventLoopContext()) {
      throw new IllegalArgumentException(
          "%s runs its handlers on a pool (threading model %s), and a loop needs the one thread that all its tasks run on: give it an event-loop context, as vertx.getOrCreateContext() makes them."
              .formatted(context, context.threadingModel()));
    }
    return new VertxHost(((ContextInternal) context).unwrap());
  }

  /**
   * Returns the context.
   *
   * @return the context that was given, or the one of which that was a duplicate
   */
  public Context context() {
    return context;
  }

  /**
   * What an event loop executes that it is given by itself comes in the same round: it looks at its
   * channels again only after up to a second (read from {@code
   * SingleThreadEventExecutor.runAllTasks}, Netty 4.2.13). What it has scheduled comes in the next.
   */
  @Override
  public void execute(Runnable turn) {
    EventLoop eventLoop = context.nettyEventLoop();
    Runnable dispatched = () -> context.dispatch(turn);
    if (eventLoop.inEventLoop()) {
      eventLoop.schedule(dispatched, 0, TimeUnit.NANOSECONDS);
    } else {
      eventLoop.execute(dispatched);
    }
  }

  @Override
  public boolean isCurrentThread() {
    return context.inThread();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof VertxHost host && host.context == context;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(context);
  }

  @Override
  public String toString() {
    return "Vert.x context %s@%x".formatted(context.getClass().getSimpleName(), hashCode());
  }
}
