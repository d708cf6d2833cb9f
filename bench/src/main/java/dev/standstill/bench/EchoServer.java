package dev.standstill.bench;

import dev.standstill.EventLoop;
import dev.standstill.netty.NettyHost;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Executor;

/** Servers that send back what they get; each on one thread, and until its JVM ends. */
final class EchoServer {

  private static final int BACKLOG = 2_000;

  private EchoServer() {}

  /** Starts the server of a contestant on the loopback address and returns its port. */
  static int start(Contestant contestant) throws Exception {
    return switch (contestant) {
      case LOOP -> startBlocking(EventLoop.start("echo"));
      case JDK -> startBlocking(Thread::startVirtualThread);
      case LOOP_ON_NETTY -> startBlocking(EventLoop.on(NettyHost.of(group().next())));
      case NETTY -> startNetty(group());
      default -> throw new IllegalArgumentException(contestant + " serves nothing");
    };
  }

  private static int startBlocking(Executor tasks) throws IOException {
    ServerSocket server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    tasks.execute(() -> acceptAll(server, tasks));
    return server.getLocalPort();
  }

  private static void acceptAll(ServerSocket server, Executor tasks) {
    try (server) {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        tasks.execute(() -> echo(socket));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void echo(Socket socket) {
    byte[] buffer = new byte[EchoClient.MESSAGE_BYTES];
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EventLoopGroup group() {
    return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  }

  private static int startNetty(EventLoopGroup group) throws InterruptedException {
    var connections =
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new Handler());
          }
        };
    Channel server =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(connections)
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  private static final class Handler extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message, context.voidPromise());
    }
  }
}
