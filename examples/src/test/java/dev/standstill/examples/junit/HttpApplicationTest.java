package dev.standstill.examples.junit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.standstill.junit.LoopTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** An application that is served on the loop of its test, and asked over HTTP. */
@EnabledOnOs(OS.LINUX)
// tag::http[]
@LoopTest(network = true)
class HttpApplicationTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final CompletableFuture<String> stock = new CompletableFuture<>();
  private HttpServer server;
  private Instant loggedIn;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/login", this::login);
    server.createContext("/orders", this::orders);
    server.createContext("/stock", this::stock);
    server.start();
  }

  private void login(HttpExchange exchange) throws IOException {
    loggedIn = Instant.now();
    answer(exchange, 204);
  }

  private void orders(HttpExchange exchange) throws IOException {
    boolean expired = loggedIn.plus(Duration.ofMinutes(30)).isBefore(Instant.now());
    answer(exchange, expired ? 401 : 204);
  }

  /** Asks the warehouse, and waits half a minute for it. */
  private void stock(HttpExchange exchange) throws IOException {
    try {
      stock.get(30, TimeUnit.SECONDS);
      answer(exchange, 204);
    } catch (TimeoutException e) {
      answer(exchange, 504);
    } catch (InterruptedException | ExecutionException e) {
      answer(exchange, 500);
    }
  }

  private static void answer(HttpExchange exchange, int status) throws IOException {
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  @Test
  void sessionExpiresAfterHalfAnHour() throws Exception {
    assertThat(statusOf("/login")).isEqualTo(204);
    Thread.sleep(Duration.ofMinutes(29));
    assertThat(statusOf("/orders")).isEqualTo(204);
    Thread.sleep(Duration.ofMinutes(2));
    assertThat(statusOf("/orders")).isEqualTo(401);
  }

  @Test
  void whoAsksForTheStockIsNotKeptWaiting() throws Exception {
    Instant asked = Instant.now();
    assertThat(statusOf("/stock")).isEqualTo(504);
    assertThat(Duration.between(asked, Instant.now())).isEqualTo(Duration.ofSeconds(30));
  }

  private int statusOf(String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path));
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }
}
// end::http[]
