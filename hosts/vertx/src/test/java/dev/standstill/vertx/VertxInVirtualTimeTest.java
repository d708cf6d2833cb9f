package dev.standstill.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Vert.x as it is, started by a task: its threads, timers and workers are those of the loop. It
 * looks for blocked threads once a second, which makes 3,600 moves of an hour.
 */
@EnabledOnOs(OS.LINUX)
class VertxInVirtualTimeTest {

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();

  /** What a task does with Vert.x. */
  interface Use {
    void of(Vertx vertx) throws Exception;
  }

  @Test
  void timersFire() throws Exception {
    onLoops(vertx -> {
      assertThat(get(vertx.timer(3, TimeUnit.MINUTES))).isNull();
      assertThat(elapsed()).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(4));

      List<Long> minutes = new ArrayList<>();
      Promise<Void> enough = Promise.promise();
      vertx.setPeriodic(
          MINUTE,
          id -> {
            minutes.add(elapsed().toMinutes());
            if (minutes.size() == 3) {
              vertx.cancelTimer(id);
              enough.complete();
            }
          });
      get(enough.future());
      assertThat(minutes).containsExactly(4L, 5L, 6L);
    });
  }

  @Test
  void workersBlock() throws Exception {
    onLoops(vertx -> {
      String done =
          get(
              vertx.executeBlocking(() -> {
                Thread.sleep(MINUTE / 2);
                return "done";
              }));
      assertThat(done).isEqualTo("done");
      assertThat(elapsed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
    });
  }

  @Test
  void messagesOfTheEventBusTimeOut() throws Exception {
    onLoops(vertx -> {
      vertx
          .eventBus()
          .consumer("slow", message -> vertx.setTimer(MINUTE, id -> message.reply("late")));
      Future<Object> answer =
          vertx.eventBus().request("slow", "hello").map(message -> message.body());
      assertThat(failureOf(answer)).hasMessageContaining("Timed out after waiting 30000(ms)");
      assertThat(elapsed()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(31));
    });
  }

  @Test
  void futuresTimeOut() throws Exception {
    onLoops(vertx -> {
      Promise<String> never = Promise.promise();
      assertThat(failureOf(never.future().timeout(5, TimeUnit.MINUTES)))
          .isInstanceOf(TimeoutException.class);
      assertThat(elapsed()).isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    });
  }

  @Test
  void serversAnswerAfterAMinute() throws Exception {
    onLoops(vertx -> {
      Shop shop = new Shop();
      get(vertx.deployVerticle(shop));
      HttpClient client = vertx.createHttpClient();
      Buffer price =
          get(
              client
                  .request(HttpMethod.GET, shop.port, "127.0.0.1", "/price")
                  .compose(HttpClientRequest::send)
                  .compose(HttpClientResponse::body));
      assertThat(price.toString()).isEqualTo("7");
      assertThat(elapsed()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));
    });
  }

  /** Answers after a minute. */
  private static final class Shop extends VerticleBase {

    private int port;

    @Override
    public Future<?> start() {
      return vertx
          .createHttpServer()
          .requestHandler(request -> vertx.setTimer(MINUTE, id -> request.response().end("7")))
          .listen(0, "127.0.0.1")
          .onSuccess(server -> port = server.actualPort());
    }
  }

  private static void onLoops(Use use) throws Exception {
    for (int seed = 0; seed < 3; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).ownNetwork().leaks(Leaks.FAIL).open()) {
        loop.run(() -> {
          Vertx vertx = Vertx.vertx();
          try {
            use.of(vertx);
          } finally {
            get(vertx.close());
          }
          return null;
        });
      }
    }
  }

  private static Duration elapsed() {
    return Duration.between(TestLoop.DEFAULT_START, Instant.now());
  }

  private static <T> T get(Future<T> future) throws InterruptedException, ExecutionException {
    return future.toCompletionStage().toCompletableFuture().get();
  }

  private static Throwable failureOf(Future<?> future) throws InterruptedException {
    try {
      throw new AssertionError("Did not fail, but gave " + get(future));
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }
}
