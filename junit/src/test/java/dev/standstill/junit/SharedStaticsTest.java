package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Dispatchers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/**
 * What libraries keep in statics, or frameworks in caches, lives longer than the loop of a test. It
 * goes on on the loop of a test that uses it, and no test is blamed for it.
 */
class SharedStaticsTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @SpringBootConfiguration
  @EnableScheduling
  static class App {

    @Bean
    TaskScheduler taskScheduler() {
      return new ThreadPoolTaskScheduler();
    }

    @Bean
    Ticker ticker() {
      return new Ticker();
    }
  }

  static class Ticker {

    final AtomicInteger ticks = new AtomicInteger();

    @Scheduled(fixedRate = 1, timeUnit = TimeUnit.MINUTES)
    void tick() {
      ticks.incrementAndGet();
    }
  }

  @LoopTest
  @SpringBootTest(classes = App.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
  static class Scheduling {

    @Autowired Ticker ticker;
    @Autowired TaskScheduler scheduler;

    @RepeatedTest(3)
    void jobsRun() throws Exception {
      scheduler.schedule(() -> {}, Instant.now());
      int before = ticker.ticks.get();
      Thread.sleep(HOUR);
      assertThat(ticker.ticks.get() - before).isBetween(59, 61);
    }
  }

  @LoopTest
  @SpringBootTest(classes = App.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
  static class MoreScheduling extends Scheduling {}

  @Test
  void jobsOfACachedSpringContextRunInEveryTestThatUsesItsScheduler() {
    Runs.passing(Scheduling.class, MoreScheduling.class);
  }

  @LoopTest
  static class Coroutines {

    @RepeatedTest(3)
    void coroutinesRun() throws Exception {
      for (CoroutineContext where :
          new CoroutineContext[] {Dispatchers.getDefault(), Dispatchers.getIO()}) {
        long began = System.nanoTime();
        BuildersKt.runBlocking(where, (scope, next) -> delay(next));
        assertThat(System.nanoTime() - began)
            .isBetween(HOUR.toNanos(), HOUR.toNanos() + 1_000_000_000);
      }
    }

    @SuppressWarnings("unchecked")
    private static Object delay(Continuation<?> next) {
      return DelayKt.delay(HOUR.toMillis(), (Continuation<? super Unit>) next);
    }
  }

  @LoopTest(seeds = 10)
  static class MoreCoroutines extends Coroutines {}

  @Test
  void dispatchersOfCoroutinesRunInEveryTestAndLeaveNothing() {
    Runs.passing(Coroutines.class, MoreCoroutines.class);
  }

  @LoopTest(network = true)
  static class Http {

    private static final OkHttpClient CLIENT = new OkHttpClient();

    @RepeatedTest(3)
    void answersCome() throws Exception {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
      server.createContext(
          "/",
          exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
          });
      server.start();
      try {
        String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        for (int hour = 0; hour < 2; hour++) {
          try (var answer = CLIENT.newCall(new Request.Builder().url(url).build()).execute()) {
            assertThat(answer.code()).isEqualTo(204);
          }
          Thread.sleep(HOUR);
        }
      } finally {
        server.stop(0);
      }
    }
  }

  @Test
  void aClientOfOkHttpInAStaticServesEveryTest() {
    Runs.passing(Http.class);
  }

  @LoopTest
  static class Netty {

    @RepeatedTest(3)
    void theGlobalExecutorRuns() throws Exception {
      long began = System.nanoTime();
      String done = GlobalEventExecutor.INSTANCE.schedule(() -> "done", 1, TimeUnit.HOURS).get();
      assertThat(done).isEqualTo("done");
      assertThat(System.nanoTime() - began)
          .isBetween(HOUR.toNanos(), HOUR.toNanos() + 1_000_000_000);
    }
  }

  @Test
  void theGlobalExecutorOfNettyRunsInEveryTest() {
    Runs.passing(Netty.class);
  }

  @LoopTest
  static class OwnDataSource {

    @RepeatedTest(3)
    void closesItsPool() throws Exception {
      try (var pool = newPool();
          var connection = pool.getConnection()) {
        Thread.sleep(HOUR);
        assertThat(connection.isValid(1)).isTrue();
      }
    }
  }

  @LoopTest
  static class SharedDataSource {

    private static HikariDataSource pool;

    @RepeatedTest(3)
    void usesThePool() throws Exception {
      if (pool == null) {
        pool = newPool();
      }
      try (var connection = pool.getConnection()) {
        assertThat(connection.isValid(1)).isTrue();
      }
      Thread.sleep(HOUR);
      try (var connection = pool.getConnection()) {
        assertThat(connection.isValid(1)).isTrue();
      }
    }
  }

  private static HikariDataSource newPool() {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl("jdbc:h2:mem:");
    config.setMaximumPoolSize(3);
    return new HikariDataSource(config);
  }

  @Test
  void poolsOfConnectionsServeEveryTest() {
    Runs.passing(OwnDataSource.class, SharedDataSource.class);
  }
}
