package dev.standstill.examples.hosts;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.netty.NettyHost;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An echo server: the one event loop of Netty's also runs a task for each connection. */
public final class NettyEcho {

  // tag::connection[]
  /** One connection. Netty calls the handler; the task runs on the same thread, and may block. */
  static final class Connection extends SimpleChannelInboundHandler<ByteBuf> {

    private final BlockingQueue<ByteBuf> received = new LinkedBlockingQueue<>();
    private @Nullable Task<?> task;

    @Override
    public void channelActive(ChannelHandlerContext context) {
      Channel channel = context.channel();
      EventLoop loop = EventLoop.on(NettyHost.of(channel.eventLoop()));
      task = loop.spawn("connection", () -> echo(channel));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
      received.add(message.retain());
    }

    private void echo(Channel channel) throws InterruptedException {
      while (true) {
        ByteBuf message = received.take();
        channel.writeAndFlush(message).sync();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      if (task != null) {
        task.cancel(true);
      }
    }
  }

  // end::connection[]

  private NettyEcho() {}

  /**
   * Listens on a free port of the loopback address; {@code handling} adds handlers to each
   * connection.
   */
  static Channel serve(EventLoopGroup group, Consumer<ChannelPipeline> handling)
      throws InterruptedException {
    var connections =
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            handling.accept(channel.pipeline());
          }
        };
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .childHandler(connections)
        .bind(InetAddress.getLoopbackAddress(), 0)
        .sync()
        .channel();
  }

  private static String echo(Socket socket, String text) throws IOException {
    byte[] sent = text.getBytes(StandardCharsets.UTF_8);
    socket.getOutputStream().write(sent);
    return new String(socket.getInputStream().readNBytes(sent.length), StandardCharsets.UTF_8);
  }

  public static void main(String[] args) throws Exception {
    var group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    var address =
        (InetSocketAddress) serve(group, all -> all.addLast(new Connection())).localAddress();
    try (var first = new Socket(address.getAddress(), address.getPort());
        var second = new Socket(address.getAddress(), address.getPort())) {
      System.out.println(echo(second, "The second speaks while the task of the first waits."));
      System.out.println(echo(first, "Now the first speaks."));
    }
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }
}
