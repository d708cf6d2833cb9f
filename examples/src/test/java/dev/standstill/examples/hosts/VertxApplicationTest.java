package dev.standstill.examples.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.junit.LoopExtension;
import dev.standstill.junit.LoopScope;
import dev.standstill.vertx.VertxHost;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An application of Vert.x: connector, server and test on one loop. */
class VertxApplicationTest {

  private static final VertxOptions ONE_LOOP = new VertxOptions().setEventLoopPoolSize(1);

  /** Everything was on the one thread of Vert.x, and so was the test. */
  private static void assertOnOneThread(VertxShop shop) throws Exception {
    var thread = new CompletableFuture<Thread>();
    EventLoop.current().host().orElseThrow().execute(() -> thread.complete(Thread.currentThread()));
    assertThat(shop.threads()).containsExactly(thread.get());
    assertThat(shop.loop()).isSameAs(EventLoop.current());
  }

  // tag::each[]
  @Nested
  class WithALoopForEachTest {

    private final Vertx vertx = Vertx.vertx(ONE_LOOP);

    @RegisterExtension
    final LoopExtension loops =
        LoopExtension.on(
            () -> EventLoop.on(VertxHost.of(vertx.getOrCreateContext())),
            loop -> VertxShop.get(vertx.close()));

    private VertxShop shop;

    @BeforeEach
    void start(EventLoop loop) throws Exception {
      shop = new VertxShop(loop, vertx, vertx.createHttpClient());
    }

    @Test
    void sumsUpPrices() throws Exception {
      assertThat(shop.fetch("/total")).isEqualTo("14");
      assertOnOneThread(shop);
    }
  }

  // end::each[]

  // tag::class[]
  @Nested
  class WithALoopForTheClass {

    private static final Vertx VERTX = Vertx.vertx(ONE_LOOP);

    @RegisterExtension
    static final LoopExtension loops =
        LoopExtension.on(
            () -> EventLoop.on(VertxHost.of(VERTX.getOrCreateContext())),
            loop -> VertxShop.get(VERTX.close()));

    private static VertxShop shop;

    @BeforeAll
    static void start(EventLoop loop) throws Exception {
      shop = new VertxShop(loop, VERTX, VERTX.createHttpClient());
    }

    @Test
    void knowsAPrice() throws Exception {
      assertThat(shop.fetch("/price")).isEqualTo("7");
    }

    @Test
    void sumsUpPrices() throws Exception {
      assertThat(shop.fetch("/total")).isEqualTo("14");
      assertOnOneThread(shop);
    }
  }

  // end::class[]

  // tag::shared[]
  @LoopScope(LoopScope.Kind.SHARED)
  abstract static class OnTheSharedLoop {

    private static final Vertx VERTX = Vertx.vertx(ONE_LOOP);

    @RegisterExtension
    static final LoopExtension loops =
        LoopExtension.on(
            () -> EventLoop.on(VertxHost.of(VERTX.getOrCreateContext())),
            loop -> VertxShop.get(VERTX.close()));

    static VertxShop shop() throws Exception {
      return new VertxShop(EventLoop.current(), VERTX, VERTX.createHttpClient());
    }
  }

  @Nested
  class FirstClass extends OnTheSharedLoop {
    @Test
    void knowsAPrice() throws Exception {
      assertThat(shop().fetch("/price")).isEqualTo("7");
    }
  }

  @Nested
  class SecondClass extends OnTheSharedLoop {
    @Test
    void sumsUpPrices() throws Exception {
      VertxShop shop = shop();
      assertThat(shop.fetch("/total")).isEqualTo("14");
      assertOnOneThread(shop);
    }
  }
  // end::shared[]
}
