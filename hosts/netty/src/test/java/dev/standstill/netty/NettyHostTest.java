package dev.standstill.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.jdk.VirtualThreads;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tasks on an event loop of Netty's that serves real channels. */
class NettyHostTest {

  private final EventLoopGroup group =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final io.netty.channel.EventLoop netty = group.next();
  private final EventLoop loop = EventLoop.on(NettyHost.of(netty));

  @AfterEach
  void close() throws Exception {
    loop.close();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  /** Sends back what comes. */
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext channel, Object message) {
      channel.writeAndFlush(message);
    }
  }

  private Channel serve() throws InterruptedException {
    var echo =
        new ChannelInitializer<Channel>() {
          @Override
          protected void initChannel(Channel channel) {
            channel.pipeline().addLast(new Echo());
          }
        };
    return new ServerBootstrap()
        .group(group)
        .channel(NioServerSocketChannel.class)
        .childHandler(echo)
        .bind(InetAddress.getLoopbackAddress(), 0)
        .sync()
        .channel();
  }

  private static Socket connect(Channel server) throws Exception {
    var address = (InetSocketAddress) server.localAddress();
    return new Socket(address.getAddress(), address.getPort());
  }

  private static int echo(Socket socket, int sent) throws Exception {
    socket.getOutputStream().write(sent);
    InputStream echoed = socket.getInputStream();
    return echoed.read();
  }

  @Test
  void tasksRunOnTheThreadOfTheEventLoop() throws Exception {
    Object[] thread = {null};
    loop.spawn("task", () -> thread[0] = VirtualThreads.currentCarrier()).get();
    assertThat(thread[0]).isSameAs(netty.submit(Thread::currentThread).get());
  }

  @Test
  void theSameEventLoopGivesTheSameLoopAndBack() {
    assertThat(EventLoop.on(NettyHost.of(netty))).isSameAs(loop);
    assertThat(loop.host().map(host -> ((NettyHost) host).eventLoop())).contains(netty);
  }

  @Test
  void aTaskThatYieldsAMillionTimesDoesNotStarveAChannel() throws Exception {
    Channel server = serve();
    try (Socket socket = connect(server)) {
      echo(socket, 1);
      Task<?> task = loop.spawn("yields", () -> yieldTimes(1_000_000));
      int echoes = 0;
      while (!task.isDone()) {
        assertThat(echo(socket, 2)).isEqualTo(2);
        echoes++;
      }
      task.get();
      assertThat(echoes).isGreaterThan(5);
    }
  }

  private static void yieldTimes(int times) {
    for (int i = 0; i < times; i++) {
      Thread.yield();
    }
  }

  @Test
  void channelsAreServedWhileATaskBlocks() throws Exception {
    Channel server = serve();
    var end = new CountDownLatch(1);
    Task<?> task = loop.spawn("waiter", () -> end.await());
    try (Socket socket = connect(server)) {
      assertThat(echo(socket, 7)).isEqualTo(7);
    }
    end.countDown();
    task.get();
  }

  @Test
  void aTaskMayWaitForAChannel() throws Exception {
    Channel server = serve();
    Bootstrap client =
        new Bootstrap().group(group).channel(NioSocketChannel.class).handler(new Echo());
    boolean active =
        loop.run(() -> {
          Channel channel = client.connect(server.localAddress()).sync().channel();
          ByteBuf message = channel.alloc().buffer().writeByte(1);
          channel.writeAndFlush(message).sync();
          boolean connected = channel.isActive();
          channel.close().sync();
          return connected;
        });
    assertThat(active).isTrue();
  }

  @Test
  void tasksMaySleep() throws Exception {
    loop.run(() -> Thread.sleep(5));
  }

  @Test
  void runIsRefusedOnTheThreadOfTheEventLoop() throws Exception {
    var refused = netty.submit(() -> loop.run(() -> 1));
    assertThatThrownBy(refused::sync)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("on which this loop \"Netty's SingleThreadIoEventLoop@");
  }

  @Test
  void closingLeavesTheEventLoopOpen() throws Exception {
    Task<?> task = loop.spawn("waiter", () -> new CountDownLatch(1).await());
    loop.run(() -> {});
    loop.close();
    assertThat(task).isCancelled();
    Channel server = serve();
    try (Socket socket = connect(server)) {
      assertThat(echo(socket, 7)).isEqualTo(7);
    }
  }

  @Test
  void tasksAreCancelledWhenTheEventLoopShutsDown() throws Exception {
    Task<?> task = loop.spawn("sleeper", () -> Thread.sleep(100));
    loop.run(() -> {});
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    assertThat(loop.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(task).isCancelled();
    assertThatThrownBy(() -> loop.run(() -> 1))
        .isInstanceOf(RejectedExecutionException.class)
        .hasMessageContaining("closed by its host Netty's SingleThreadIoEventLoop@");
  }
}
