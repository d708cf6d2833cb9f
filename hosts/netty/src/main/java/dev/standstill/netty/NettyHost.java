package dev.standstill.netty;

import dev.standstill.Host;
import io.netty.channel.EventLoop;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lends the thread of a Netty event loop to a {@link dev.standstill.EventLoop}.
 *
 * <pre>{@code
 * EventLoop loop = EventLoop.on(NettyHost.of(channel.eventLoop()));
 * }</pre>
 *
 * <p>Tasks run on the thread of the event loop, and may block: channels are served meanwhile. They
 * are virtual threads, though, so {@code inEventLoop()} answers false in a task, Netty hands over
 * what a task does to a channel, and a task may wait for a {@code ChannelFuture}.
 *
 * <p>Any thread may call. Hosts for the same event loop are equal.
 */
public final class NettyHost implements Host {

  private final EventLoop eventLoop;

  private NettyHost(EventLoop eventLoop) {
    this.eventLoop = eventLoop;
  }

  /**
   * Returns a host for {@code eventLoop}.
   *
   * @param eventLoop one event loop, not a group: {@code channel.eventLoop()} or {@code
   *     group.next()}
   * @return the host
   */
  public static NettyHost of(EventLoop eventLoop) {
    return new NettyHost(Objects.requireNonNull(eventLoop, "eventLoop"));
  }

  /**
   * Returns the event loop.
   *
   * @return the event loop that was given
   */
  public EventLoop eventLoop() {
    return eventLoop;
  }

  /**
   * What an event loop executes that it is given by itself comes in the same round: it looks at its
   * channels again only after up to a second (read from {@code
   * SingleThreadEventExecutor.runAllTasks}, Netty 4.2.13). What it has scheduled comes in the next.
   */
  @Override
  public void execute(Runnable turn) {
    if (eventLoop.inEventLoop()) {
      eventLoop.schedule(turn, 0, TimeUnit.NANOSECONDS);
    } else {
      eventLoop.execute(turn);
    }
  }

  @Override
  public boolean isCurrentThread() {
    return eventLoop.inEventLoop();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof NettyHost host && host.eventLoop == eventLoop;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(eventLoop);
  }

  @Override
  public String toString() {
    return "Netty's %s@%x".formatted(eventLoop.getClass().getSimpleName(), hashCode());
  }
}
