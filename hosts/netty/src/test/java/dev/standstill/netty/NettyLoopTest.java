package dev.standstill.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.junit.LoopExtension;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test class that names the loop which it, its fixtures included, runs on. */
class NettyLoopTest {

  private static final EventLoopGroup GROUP =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @RegisterExtension
  static LoopExtension loops =
      LoopExtension.on(
          () -> EventLoop.on(NettyHost.of(GROUP.next())),
          loop -> GROUP.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync());

  private EventLoop ofFixture = EventLoop.current();

  @BeforeEach
  void fixtureRunsOnTheSameLoop() {
    assertThat(EventLoop.current()).isSameAs(ofFixture);
  }

  @Test
  void testRunsOnTheEventLoop(EventLoop loop) {
    assertThat(loop).isSameAs(ofFixture).isSameAs(EventLoop.current());
    assertThat(loop.host()).contains(NettyHost.of(GROUP.next()));
  }
}
