package dev.standstill.network.libraries;

import static dev.standstill.network.libraries.Scenario.millis;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** What is asked of servers of HTTP, whoever made them. */
final class Visits {

  /** How long servers take to answer. */
  static final Duration WORK = Duration.ofSeconds(2);

  /** After how long they close a connection that nobody uses. */
  static final Duration IDLE = Duration.ofSeconds(20);

  private Visits() {}

  /** Something that can be ended. */
  interface Stop {
    void stop() throws Exception;
  }

  /** A server of whatever make. */
  record Running(int port, Stop stop) {}

  /**
   * Each of two requests takes the time of the work and round trips, one at first and one more with
   * a connection that is new; so does another after the server has closed the connection.
   */
  static void ofServer(Callable<Running> start) throws Exception {
    List<Long> taken =
        Scenario.withLatency(Scenario.LATENCY).afterFirstUse().run(() -> visit(start));

    assertThat(taken).containsExactly(2_040L, 2_020L, 2_040L);
  }

  private static List<Long> visit(Callable<Running> start) throws Exception {
    Running server = start.call();
    URI uri = URI.create("http://localhost:" + server.port());
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      long first = millis(() -> get(client, uri.resolve("/first")));
      long second = millis(() -> get(client, uri.resolve("/second")));
      Thread.sleep(IDLE.multipliedBy(2));
      long third = millis(() -> get(client, uri.resolve("/third")));
      return List.of(first, second, third);
    } finally {
      server.stop().stop();
    }
  }

  private static void get(HttpClient client, URI uri) throws Exception {
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.body()).isEqualTo(uri.getPath());
  }
}
