package dev.standstill.examples.hosts;

import dev.standstill.EventLoop;
import dev.standstill.netty.NettyHost;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An application: its server asks for prices over a connector, here at the server itself. A request
 * is one byte, P for a price and T for a total, and so is an answer.
 */
final class NettyShop {

  private final EventLoopGroup group;
  private final Channel server;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** To be called by a task of the loop, which waits until the server listens. */
  NettyShop(EventLoopGroup group) throws InterruptedException {
    this.group = group;
    var requests =
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new Requests());
          }
        };
    server =
        new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(requests)
            .bind(InetAddress.getLoopbackAddress(), 0)
            .sync()
            .channel();
  }

  Connector connect() throws InterruptedException {
    return new Connector(group, server.localAddress());
  }

  /** On which threads requests have come in. */
  Set<Thread> threads() {
    return threads;
  }

  /** Lets a task answer each request. */
  private final class Requests extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
      threads.add(Thread.currentThread());
      Channel channel = context.channel();
      byte request = message.readByte();
      EventLoop.on(NettyHost.of(channel.eventLoop()))
          .spawn("request", () -> channel.writeAndFlush(byteOf(answer(request))).sync());
    }
  }

  private int answer(byte request) throws InterruptedException {
    if (request == 'P') {
      Thread.sleep(1);
      return 7;
    }
    Connector connector = connect();
    return connector.ask('P') + connector.ask('P');
  }

  private static ByteBuf byteOf(int value) {
    return Unpooled.buffer(1).writeByte(value);
  }

  /** A connection to the server, for tasks: they wait for the answer. */
  static final class Connector extends SimpleChannelInboundHandler<ByteBuf> {

    private final BlockingQueue<Byte> answers = new LinkedBlockingQueue<>();
    private final Channel channel;

    private Connector(EventLoopGroup group, SocketAddress server) throws InterruptedException {
      channel =
          new Bootstrap()
              .group(group)
              .channel(NioSocketChannel.class)
              .handler(this)
              .connect(server)
              .sync()
              .channel();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
      answers.add(message.readByte());
    }

    int ask(char request) throws InterruptedException {
      channel.writeAndFlush(byteOf(request)).sync();
      return answers.take();
    }
  }
}
