package dev.standstill.network.libraries;

import static dev.standstill.network.libraries.Scenario.millis;
import static dev.standstill.network.libraries.Scenario.millisSince;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Vert.x, with event loops that it makes itself. */
@EnabledOnOs(OS.LINUX)
class VertxTest {

  private static final String HOST = "localhost";

  private interface Visit<R> {
    R with(Vertx vertx) throws Exception;
  }

  @Test
  void aTimerIsExact() throws Exception {
    List<Long> fired =
        Scenario.withLatency(Scenario.LATENCY)
            .afterFirstUse()
            .run(() ->
                onVertx(vertx -> {
                  BlockingQueue<Long> times = new LinkedBlockingQueue<>();
                  long before = System.nanoTime();
                  vertx.setTimer(300, id -> times.add(millisSince(before)));
                  vertx.setPeriodic(1_000, id -> times.add(millisSince(before)));
                  return List.of(times.take(), times.take(), times.take());
                }));

    assertThat(fired).containsExactly(300L, 1_000L, 2_000L);
  }

  @Test
  void aRequestTakesRoundTripsAndATimeOutIsExact() throws Exception {
    List<Long> taken =
        Scenario.withLatency(Scenario.LATENCY)
            .afterFirstUse()
            .varyingWithOrder()
            .run(() ->
                onVertx(vertx -> {
                  HttpServer server = serve(vertx);
                  HttpClient client = vertx.createHttpClient();
                  return List.of(
                      millis(() -> assertThat(get(client, server, "/")).isEqualTo("hello")),
                      millis(() -> assertThat(get(client, server, "/")).isEqualTo("hello")),
                      millis(() ->
                          assertThatThrownBy(() -> get(client, server, "/never"))
                              .hasRootCauseInstanceOf(TimeoutException.class)));
                }));

    assertThat(taken).containsExactly(40L, 20L, 10_000L);
  }

  @Test
  void theJdksClientIsUpgradedToHttp2() throws Exception {
    List<Object> taken =
        Scenario.withLatency(Scenario.LATENCY)
            .afterFirstUse()
            .run(() ->
                onVertx(vertx -> {
                  HttpServer server = serve(vertx);
                  URI uri = URI.create("http://localhost:" + server.actualPort() + "/");
                  try (java.net.http.HttpClient client = java.net.http.HttpClient.newHttpClient()) {
                    List<Object> seen = new ArrayList<>();
                    for (int i = 0; i < 2; i++) {
                      seen.add(
                          millis(() -> {
                            HttpResponse<String> response =
                                client.send(
                                    HttpRequest.newBuilder(uri).build(),
                                    HttpResponse.BodyHandlers.ofString());
                            assertThat(response.body()).isEqualTo("hello");
                            seen.add(response.version());
                          }));
                    }
                    return seen;
                  }
                }));

    assertThat(taken)
        .containsExactly(
            java.net.http.HttpClient.Version.HTTP_2,
            40L,
            java.net.http.HttpClient.Version.HTTP_2,
            20L);
  }

  /** Messages of the event bus as lines of JSON over TCP. */
  @Test
  void theEventBusGoesOverTcp() throws Exception {
    List<String> heard =
        Scenario.withLatency(Scenario.LATENCY)
            .afterFirstUse()
            .run(() ->
                onVertx(vertx -> {
                  vertx
                      .eventBus()
                      .<JsonObject>consumer(
                          "greetings",
                          message ->
                              vertx.setTimer(
                                  1_000,
                                  id ->
                                      message.reply(
                                          "Good morning, " + message.body().getString("name"))));
                  NetServer server =
                      await(
                          vertx
                              .createNetServer()
                              .connectHandler(socket -> bridge(vertx, socket))
                              .listen(0, HOST));
                  BlockingQueue<String> lines = new LinkedBlockingQueue<>();
                  List<String> replies = new ArrayList<>();
                  long before = System.nanoTime();
                  NetClient client = vertx.createNetClient();
                  NetSocket socket = await(client.connect(server.actualPort(), HOST));
                  socket.handler(
                      RecordParser.newDelimited(
                          "\n", line -> lines.add(line + " " + millisSince(before))));
                  for (String name : List.of("Ada", "Grace")) {
                    socket.write(new JsonObject().put("name", name).encode() + "\n");
                    replies.add(lines.take());
                  }
                  await(client.close()); // else the garbage collector does it, at any time
                  return replies;
                }));

    assertThat(heard).containsExactly("Good morning, Ada 1040", "Good morning, Grace 2060");
  }

  private static void bridge(Vertx vertx, NetSocket socket) {
    socket.handler(
        RecordParser.newDelimited(
            "\n",
            line ->
                vertx
                    .eventBus()
                    .<String>request("greetings", new JsonObject(line))
                    .onSuccess(reply -> socket.write(Buffer.buffer(reply.body() + "\n")))));
  }

  private static HttpServer serve(Vertx vertx) throws Exception {
    return await(
        vertx
            .createHttpServer()
            .requestHandler(request -> {
              if (!request.path().equals("/never")) {
                request.response().end("hello");
              }
            })
            .listen(0, HOST));
  }

  private static String get(HttpClient client, HttpServer server, String path) throws Exception {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(HOST)
            .setPort(server.actualPort())
            .setURI(path)
            .setIdleTimeout(10_000);
    return await(
            client
                .request(options)
                .compose(request -> request.send())
                .compose(HttpClientResponse::body))
        .toString();
  }

  private static <R> R onVertx(Visit<R> visit) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      return visit.with(vertx);
    } finally {
      await(vertx.close());
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    CompletableFuture<T> done = future.toCompletionStage().toCompletableFuture();
    return done.get();
  }
}
