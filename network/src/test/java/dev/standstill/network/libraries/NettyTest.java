package dev.standstill.network.libraries;

import static dev.standstill.network.libraries.Scenario.millis;
import static dev.standstill.network.libraries.Scenario.millisSince;
import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Netty with its NIO transport, whose event loops are threads that it makes itself. */
@EnabledOnOs(OS.LINUX)
class NettyTest {

  @Test
  void schedulesToTheMillisecond() throws Exception {
    List<Long> ran =
        Scenario.repeat(() -> {
          EventLoopGroup group = group(1);
          long before = System.nanoTime();
          List<Long> times = new ArrayList<>();
          group.schedule(() -> times.add(millisSince(before)), 300, TimeUnit.MILLISECONDS).sync();
          var ticks =
              group.scheduleAtFixedRate(
                  () -> times.add(millisSince(before)), 1, 10, TimeUnit.SECONDS);
          Thread.sleep(25_000);
          ticks.cancel(false);
          shutDown(group);
          return times;
        });

    assertThat(ran).containsExactly(300L, 1_300L, 11_300L, 21_300L);
  }

  @Test
  void echoesAfterARoundTrip() throws Exception {
    List<Long> taken =
        Scenario.repeat(() -> {
          EventLoopGroup group = group(2);
          Channel server = serve(group, new Echo());
          BlockingQueue<String> received = new LinkedBlockingQueue<>();
          List<Long> times = new ArrayList<>();
          Channel[] client = new Channel[1];
          times.add(millis(() -> client[0] = connect(group, server, new Receiver(received))));
          for (int i = 0; i < 3; i++) {
            times.add(
                millis(() -> {
                  client[0].writeAndFlush(Unpooled.copiedBuffer(new byte[] {'h', 'i'}));
                  assertThat(received.take()).isEqualTo("hi");
                }));
          }
          client[0].close().sync();
          server.close().sync();
          shutDown(group);
          return times;
        });

    assertThat(taken).containsExactly(20L, 20L, 20L, 20L);
  }

  @Test
  void aChannelIsIdleAfterItsTime() throws Exception {
    List<String> events =
        Scenario.repeat(() -> {
          EventLoopGroup group = group(2);
          BlockingQueue<String> idle = new LinkedBlockingQueue<>();
          long before = System.nanoTime();
          Channel server = serve(group, new Echo());
          Channel client =
              connect(
                  group,
                  server,
                  new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                      channel
                          .pipeline()
                          .addLast(new IdleStateHandler(5, 3, 0), new Idle(idle, before));
                    }
                  });
          List<String> told = new ArrayList<>();
          for (int i = 0; i < 3; i++) {
            told.add(idle.take());
          }
          client.close().sync();
          server.close().sync();
          shutDown(group);
          return told;
        });

    assertThat(events).containsExactly("WRITER_IDLE 3020", "READER_IDLE 5020", "WRITER_IDLE 6020");
  }

  @Test
  void shutsDownAfterItsQuietPeriod() throws Exception {
    long taken =
        Scenario.repeat(() -> {
          EventLoopGroup group = group(2);
          Channel server = serve(group, new Echo());
          server.close().sync();
          return millis(() -> group.shutdownGracefully(2, 15, TimeUnit.SECONDS).sync());
        });

    assertThat(taken).isEqualTo(2_100); // it looks every 100 ms whether more than 2 s are over
  }

  @Test
  void aGroupThatNobodyShutsDownHoldsNothingUp() throws Exception {
    TestLoop loop = TestLoop.builder().network().leaks(Leaks.IGNORE).open();
    try (loop) {
      loop.run(() -> group(2).schedule(() -> {}, 1, TimeUnit.SECONDS).sync());
    }

    assertThat(loop.slices()).isLessThan(100);
  }

  private static EventLoopGroup group(int threads) {
    return new MultiThreadIoEventLoopGroup(threads, NioIoHandler.newFactory());
  }

  private static void shutDown(EventLoopGroup group) throws InterruptedException {
    group.shutdownGracefully(0, 0, TimeUnit.SECONDS).sync();
  }

  private static Channel serve(EventLoopGroup group, ChannelHandler handler)
      throws InterruptedException {
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .childHandler(handler)
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .sync()
        .channel();
  }

  private static Channel connect(EventLoopGroup group, Channel server, ChannelHandler handler)
      throws InterruptedException {
    return new Bootstrap()
        .group(group)
        .channel(NioSocketChannel.class)
        .handler(handler)
        .connect(server.localAddress())
        .sync()
        .channel();
  }

  @ChannelHandler.Sharable
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.writeAndFlush(message);
    }
  }

  /** Hands over what has come when all of it is there. */
  private static final class Receiver extends SimpleChannelInboundHandler<ByteBuf> {

    private final BlockingQueue<String> received;
    private final StringBuilder text = new StringBuilder();

    Receiver(BlockingQueue<String> received) {
      this.received = received;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf message) {
      text.append(message.toString(java.nio.charset.StandardCharsets.US_ASCII));
      if (text.length() == 2) {
        received.add(text.toString());
        text.setLength(0);
      }
    }
  }

  private static final class Idle extends ChannelInboundHandlerAdapter {

    private final BlockingQueue<String> idle;
    private final long before;

    Idle(BlockingQueue<String> idle, long before) {
      this.idle = idle;
      this.before = before;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof IdleStateEvent state) {
        idle.add(state.state() + " " + millisSince(before));
      }
    }
  }
}
