package dev.standstill.network.libraries;

import static dev.standstill.network.libraries.Scenario.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The JDK's HTTP clients and its server. */
@EnabledOnOs(OS.LINUX)
class JdkHttpTest {

  /** What is done with a server that is there. */
  private interface Visit<R> {
    R at(URI uri) throws Exception;
  }

  @Test
  void aSecondRequestTakesOneRoundTrip() throws Exception {
    List<Long> taken =
        Scenario.repeat(() ->
            serving(
                JdkHttpTest::hello,
                uri -> {
                  try (HttpClient client = HttpClient.newHttpClient()) {
                    return List.of(
                        millis(() -> assertThat(get(client, uri)).isEqualTo("hello")),
                        millis(() -> assertThat(get(client, uri)).isEqualTo("hello")));
                  }
                }));

    assertThat(taken).containsExactly(40L, 20L);
  }

  @Test
  void aRequestIsGivenUpAfterTenSeconds() throws Exception {
    long taken =
        Scenario.repeat(() ->
            serving(
                exchange -> sleep(Duration.ofSeconds(30)),
                uri -> {
                  HttpRequest request =
                      HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
                  try (HttpClient client = HttpClient.newHttpClient()) {
                    return millis(() ->
                        assertThatThrownBy(
                                () -> client.send(request, HttpResponse.BodyHandlers.ofString()))
                            .isInstanceOf(HttpTimeoutException.class));
                  }
                }));

    assertThat(taken).isEqualTo(10_000);
  }

  @Test
  void aConnectionIsGivenUpAfterThreeSeconds() throws Exception {
    long taken =
        Scenario.withLatency(Duration.ofSeconds(5))
            .run(() ->
                serving(
                    JdkHttpTest::hello,
                    uri -> {
                      try (HttpClient client =
                          HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build()) {
                        return millis(() ->
                            assertThatThrownBy(() -> get(client, uri))
                                .isInstanceOf(HttpConnectTimeoutException.class));
                      }
                    }));

    assertThat(taken).isEqualTo(3_000);
  }

  @Test
  void eventsOfAServerArriveWithItsBeat() throws Exception {
    List<Long> arrived =
        Scenario.repeat(() ->
            serving(
                JdkHttpTest::beatFourTimes,
                uri -> {
                  List<Long> beats = new ArrayList<>();
                  try (HttpClient client = HttpClient.newHttpClient()) {
                    long before = System.nanoTime();
                    client
                        .send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofLines())
                        .body()
                        .filter(line -> !line.isEmpty())
                        .forEach(line -> beats.add(Scenario.millisSince(before)));
                  }
                  return beats;
                }));

    assertThat(arrived).containsExactly(15_040L, 30_040L, 45_040L, 60_040L);
  }

  @Test
  void theOldClientKeepsItsConnection() throws Exception {
    List<Long> taken =
        Scenario.repeat(() ->
            serving(
                JdkHttpTest::hello,
                uri -> {
                  List<Long> each = new ArrayList<>();
                  for (Duration pause :
                      List.of(Duration.ZERO, Duration.ofSeconds(4), Duration.ofSeconds(6))) {
                    Thread.sleep(pause);
                    each.add(millis(() -> assertThat(getByUrl(uri)).isEqualTo("hello")));
                  }
                  return each;
                }));

    assertThat(taken).containsExactly(40L, 20L, 40L);
  }

  @Test
  void theOldClientGivesUpAfterItsTimeOuts() throws Exception {
    long taken =
        Scenario.repeat(() ->
            serving(
                exchange -> sleep(Duration.ofSeconds(30)),
                uri ->
                    millis(() ->
                        assertThatThrownBy(() -> getByUrl(uri))
                            .isInstanceOf(SocketTimeoutException.class))));

    assertThat(taken).isEqualTo(7_020);
  }

  private static <R> R serving(HttpHandler handler, Visit<R> visit) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      server.setExecutor(threads);
      server.createContext("/", handler);
      server.start();
      try {
        return visit.at(URI.create("http://localhost:" + server.getAddress().getPort() + "/"));
      } finally {
        threads.shutdownNow();
        server.stop(0);
      }
    }
  }

  private static void hello(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = "hello".getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void beatFourTimes(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream events = exchange.getResponseBody()) {
      for (int beat = 0; beat < 4; beat++) {
        sleep(Duration.ofSeconds(15));
        events.write("data: beat\n\n".getBytes(StandardCharsets.US_ASCII));
        events.flush();
      }
    }
  }

  private static void sleep(Duration time) throws IOException {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  private static String get(HttpClient client, URI uri) throws Exception {
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private static String getByUrl(URI uri) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(1_000);
    connection.setReadTimeout(7_000);
    return new String(connection.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }
}
