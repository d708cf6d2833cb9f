package dev.standstill.examples.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.netty.NettyHost;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The recipe for Netty in the docs loses no failure. */
class NettyEchoTest {

  private record Told(String task, Throwable failure) {}

  /** Fails each write, as a full disk or a broken codec does. */
  private static final class Broken extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
      ReferenceCountUtil.release(message);
      promise.setFailure(new IOException("broken"));
    }
  }

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterEach
  void close() throws InterruptedException {
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  @Test
  void failureOfTheTaskOfAConnectionIsToldWhileTheConnectionIsOpen() throws Exception {
    var told = new CompletableFuture<Told>();
    EventLoop loop = EventLoop.on(NettyHost.of(group.next()));
    loop.setUncaughtExceptionHandler(
        (thread, failure) -> told.complete(new Told(thread.getName(), failure)));

    Channel server =
        NettyEcho.serve(group, all -> all.addLast(new Broken(), new NettyEcho.Connection()));
    var address = (InetSocketAddress) server.localAddress();
    try (var socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write('x');
      Told first = told.get(1, TimeUnit.MINUTES);
      assertThat(first.task()).isEqualTo("connection");
      assertThat(first.failure()).isInstanceOf(IOException.class).hasMessage("broken");
    }
  }
}
