package dev.standstill.examples.raft;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.codec.string.StringEncoder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Sends to other nodes, and takes what comes, all of it on one event loop. */
final class Connections {

  static final int PORT = 7000;

  private static final int LONGEST_LINE = 1 << 20;
  private static final int CONNECT_MILLIS = 500;

  /** Who hears nothing for so long connects again: TCP may wait much longer to send again. */
  private static final long SILENCE_MILLIS = 1_000;

  private final EventLoopGroup group;
  private final Receiver receiver;
  private final Map<String, ChannelFuture> outgoing = new HashMap<>();

  /** Takes a message; answers if it likes. */
  @FunctionalInterface
  interface Receiver {
    void receive(Message message, Consumer<Message> answer) throws Exception;
  }

  Connections(EventLoopGroup group, Receiver receiver) {
    this.group = group;
    this.receiver = receiver;
  }

  ChannelFuture listen() {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .childHandler(new Lines())
        .bind(PORT);
  }

  /** Sends if there is a connection or can be one; else it is lost. */
  void send(String peer, Message message) {
    ChannelFuture connected = outgoing.get(peer);
    if (connected == null) {
      connected = connect(peer);
    }
    connected.addListener(
        (ChannelFutureListener)
            future -> {
              if (future.isSuccess()) {
                write(future.channel(), message);
              }
            });
  }

  private ChannelFuture connect(String peer) {
    ChannelFuture connected =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(new Lines())
            .connect(peer, PORT);
    outgoing.put(peer, connected);
    connected.channel().closeFuture().addListener(closed -> outgoing.remove(peer, connected));
    return connected;
  }

  private static void write(Channel channel, Message message) {
    channel
        .writeAndFlush(message.line() + "\n")
        .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  /** What is done with each connection. */
  private final class Lines extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      channel
          .pipeline()
          .addLast(new ReadTimeoutHandler(SILENCE_MILLIS, TimeUnit.MILLISECONDS))
          .addLast(new LineBasedFrameDecoder(LONGEST_LINE), new StringDecoder())
          .addLast(new StringEncoder())
          .addLast(new Incoming());
    }
  }

  private final class Incoming extends SimpleChannelInboundHandler<String> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, String line) throws Exception {
      receiver.receive(Message.of(line), answer -> write(context.channel(), answer));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
