package dev.standstill.examples.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.junit.LoopExtension;
import dev.standstill.junit.LoopScope;
import dev.standstill.netty.NettyHost;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application of Netty: connector, server and test on one loop. */
class NettyApplicationTest {

  private static EventLoopGroup oneLoop() {
    return new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  }

  /** Everything was on the one thread of Netty, and so was the test. */
  private static void assertOnOneThread(NettyShop shop) throws Exception {
    var thread = new CompletableFuture<Thread>();
    EventLoop.current().host().orElseThrow().execute(() -> thread.complete(Thread.currentThread()));
    assertThat(shop.threads()).containsExactly(thread.get());
  }

  // tag::each[]
  @Nested
  class WithALoopForEachTest {

    private final EventLoopGroup group = oneLoop();

    @RegisterExtension
    final LoopExtension loops =
        LoopExtension.on(
            () -> EventLoop.on(NettyHost.of(group.next())),
            loop -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync());

    private NettyShop shop;
    private NettyShop.Connector connector;

    @BeforeEach
    void start() throws InterruptedException {
      shop = new NettyShop(group);
      connector = shop.connect();
    }

    @Test
    void sumsUpPrices() throws Exception {
      assertThat(connector.ask('T')).isEqualTo(14);
      assertOnOneThread(shop);
    }
  }

  // end::each[]

  @Nested
  class WithALoopForTheClass {

    private static final EventLoopGroup GROUP = oneLoop();

    @RegisterExtension
    static final LoopExtension loops =
        LoopExtension.on(
            () -> EventLoop.on(NettyHost.of(GROUP.next())),
            loop -> GROUP.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync());

    private static NettyShop shop;

    @BeforeAll
    static void start() throws InterruptedException {
      shop = new NettyShop(GROUP);
    }

    @Test
    void knowsAPrice() throws Exception {
      assertThat(shop.connect().ask('P')).isEqualTo(7);
    }

    @Test
    void sumsUpPrices() throws Exception {
      assertThat(shop.connect().ask('T')).isEqualTo(14);
      assertOnOneThread(shop);
    }
  }

  @LoopScope(LoopScope.Kind.SHARED)
  abstract static class OnTheSharedLoop {

    static final EventLoopGroup GROUP = oneLoop();

    @RegisterExtension
    static final LoopExtension loops =
        LoopExtension.on(
            () -> EventLoop.on(NettyHost.of(GROUP.next())),
            loop -> GROUP.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync());
  }

  @Nested
  class FirstClass extends OnTheSharedLoop {
    @Test
    void knowsAPrice() throws Exception {
      assertThat(new NettyShop(GROUP).connect().ask('P')).isEqualTo(7);
    }
  }

  @Nested
  class SecondClass extends OnTheSharedLoop {
    @Test
    void sumsUpPrices() throws Exception {
      var shop = new NettyShop(GROUP);
      assertThat(shop.connect().ask('T')).isEqualTo(14);
      assertOnOneThread(shop);
    }
  }
}
