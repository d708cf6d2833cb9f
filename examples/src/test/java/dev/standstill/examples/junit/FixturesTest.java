package dev.standstill.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.EventLoop;
import dev.standstill.junit.LoopExtension;
import dev.standstill.junit.LoopScope;
import dev.standstill.junit.LoopTest;
import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Fixtures that run on the loop of the test. */
class FixturesTest {

  // tag::each[]
  @Nested
  @LoopTest
  class WithAHeart {

    private final List<Instant> heartbeats = new ArrayList<>();

    @BeforeEach
    void startHeart(TestLoop loop) {
      loop.background()
          .spawn(
              "heart",
              () -> {
                while (true) {
                  heartbeats.add(Instant.now());
                  Thread.sleep(Duration.ofSeconds(1));
                }
              });
    }

    @Test
    void beatsEverySecond() throws InterruptedException {
      Thread.sleep(Duration.ofMillis(2_500));

      assertThat(heartbeats).hasSize(3);
    }
  }

  // end::each[]

  // tag::class[]
  @Nested
  @LoopTest
  @LoopScope(LoopScope.Kind.CLASS)
  class WithOneServer {

    record Request(int number, CompletableFuture<Integer> square) {}

    private static final BlockingQueue<Request> REQUESTS = new LinkedBlockingQueue<>();

    @BeforeAll
    static void startServer(TestLoop loop) {
      loop.background()
          .spawn(
              "server",
              () -> {
                while (true) {
                  Request request = REQUESTS.take();
                  Thread.sleep(Duration.ofMinutes(1));
                  request.square().complete(request.number() * request.number());
                }
              });
    }

    private static int square(int number) throws ExecutionException, InterruptedException {
      var request = new Request(number, new CompletableFuture<>());
      REQUESTS.put(request);
      return request.square().get();
    }

    @Test
    void squaresThree() throws Exception {
      assertThat(square(3)).isEqualTo(9);
    }

    @Test
    void squaresFour() throws Exception {
      assertThat(square(4)).isEqualTo(16);
    }
  }

  // end::class[]

  // tag::application[]
  @Nested
  class OnTheLoopOfTheApplication {

    private static final EventLoop APPLICATION = EventLoop.start("application");

    @RegisterExtension static final LoopExtension loops = LoopExtension.on(() -> APPLICATION);

    @Test
    void runsBesideItsTasks() {
      assertThat(EventLoop.current()).isSameAs(APPLICATION);
    }
  }

  // end::application[]

  // tag::extension[]
  /** Keeps the user in a thread-local variable, as many libraries keep transactions. */
  static final class LoggedIn implements BeforeEachCallback, AfterEachCallback {

    static final ThreadLocal<String> USER = new ThreadLocal<>();

    @Override
    public void beforeEach(ExtensionContext context) throws InterruptedException {
      Thread.sleep(Duration.ofSeconds(10)); // the log-in takes a while, in virtual time
      USER.set("anna");
    }

    @Override
    public void afterEach(ExtensionContext context) {
      USER.remove();
    }
  }

  @Nested
  @LoopTest
  @ExtendWith(LoggedIn.class)
  class WithAnotherExtension {

    @Test
    void isLoggedIn() {
      assertThat(LoggedIn.USER.get()).isEqualTo("anna");
    }
  }
  // end::extension[]
}
