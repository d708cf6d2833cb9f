package dev.standstill.network.libraries;

import static dev.standstill.network.libraries.Scenario.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Spring's clients of HTTP, over each library that they know how to use and that is here. */
@EnabledOnOs(OS.LINUX)
class SpringClientsTest {

  /** It tells that its event loops end, which nobody has shut down. */
  private static final Logger LOG = Logger.getLogger("io.netty");

  private interface Visit<R> {
    R at(String url) throws Exception;
  }

  @BeforeAll
  static void silence() {
    LOG.setLevel(Level.OFF);
  }

  @Test
  void restClientOverTheClientOfTheJdk() throws Exception {
    List<Long> taken =
        Scenario.repeat(() ->
            serving(url -> {
              try (java.net.http.HttpClient http = java.net.http.HttpClient.newHttpClient()) {
                JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
                requests.setReadTimeout(Duration.ofSeconds(10));
                return ask(RestClient.builder().requestFactory(requests).baseUrl(url).build());
              }
            }));

    assertThat(taken).containsExactly(40L, 20L, 10_000L);
  }

  @Test
  void restClientOverTheOldClientOfTheJdk() throws Exception {
    List<Long> taken =
        Scenario.repeat(() ->
            serving(url -> {
              SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
              requests.setReadTimeout(Duration.ofSeconds(10));
              return ask(RestClient.builder().requestFactory(requests).baseUrl(url).build());
            }));

    assertThat(taken).containsExactly(40L, 20L, 10_000L);
  }

  private static List<Long> ask(RestClient client) throws Exception {
    return List.of(
        millis(() -> assertThat(get(client, "/")).isEqualTo("hello")),
        millis(() -> assertThat(get(client, "/")).isEqualTo("hello")),
        millis(() ->
            assertThatThrownBy(() -> get(client, "/slow"))
                .isInstanceOf(ResourceAccessException.class)));
  }

  private static String get(RestClient client, String path) {
    return client.get().uri(path).retrieve().body(String.class);
  }

  @Test
  void webClientOverReactorNetty() throws Exception {
    List<Long> taken =
        Scenario.withLatency(Scenario.LATENCY)
            .afterFirstUse()
            .leavingThreads()
            .varyingWithOrder() // whether a connection is back in its pool when the next is asked
            // for
            .run(() ->
                serving(url -> {
                  WebClient client = WebClient.create(url);
                  return List.of(
                      millis(() -> assertThat(get(client, "/")).isEqualTo("hello")),
                      millis(() -> assertThat(get(client, "/")).isEqualTo("hello")),
                      millis(() ->
                          assertThatThrownBy(() -> get(client, "/slow"))
                              .hasCauseInstanceOf(TimeoutException.class)));
                }));

    assertThat(taken).containsExactly(40L, 20L, 10_000L);
  }

  private static String get(WebClient client, String path) {
    return client
        .get()
        .uri(path)
        .retrieve()
        .bodyToMono(String.class)
        .timeout(Duration.ofSeconds(10))
        .block();
  }

  private static <R> R serving(Visit<R> visit) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      server.setExecutor(threads);
      server.createContext("/", SpringClientsTest::hello);
      server.start();
      try {
        return visit.at("http://localhost:" + server.getAddress().getPort());
      } finally {
        threads.shutdownNow();
        server.stop(0);
      }
    }
  }

  private static void hello(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (exchange.getRequestURI().getPath().equals("/slow")) {
        Thread.sleep(Duration.ofSeconds(30));
      }
      byte[] body = "hello".getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
