package dev.standstill.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.standstill.junit.LoopTest;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** An application with one server for all its tests, which run on loops of their own. */
// tag::shared[]
class SharedServerTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static HttpServer server;
  private static volatile Executor loopOfTest;
  private static Instant loggedIn;

  @BeforeAll
  static void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(exchange -> loopOfTest.execute(exchange));
    server.createContext("/login", SharedServerTest::login);
    server.createContext("/orders", SharedServerTest::orders);
    server.start();
  }

  @BeforeEach
  void serveOn(TestLoop loop) {
    loopOfTest = loop;
  }

  private static void login(HttpExchange exchange) throws IOException {
    loggedIn = Instant.now();
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private static void orders(HttpExchange exchange) throws IOException {
    boolean expired = loggedIn.plus(Duration.ofMinutes(30)).isBefore(Instant.now());
    exchange.sendResponseHeaders(expired ? 401 : 204, -1);
    exchange.close();
  }

  @LoopTest
  void sessionExpiresAfterHalfAnHour(TestLoop loop) throws Exception {
    assertThat(statusOf("/login", loop)).isEqualTo(204);
    Thread.sleep(Duration.ofMinutes(29));
    assertThat(statusOf("/orders", loop)).isEqualTo(204);
    Thread.sleep(Duration.ofMinutes(2));
    assertThat(statusOf("/orders", loop)).isEqualTo(401);
  }

  private static int statusOf(String path, TestLoop loop) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
    try (var _ = loop.holdTime("a request is on its way")) {
      return CLIENT
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }
}
// end::shared[]
