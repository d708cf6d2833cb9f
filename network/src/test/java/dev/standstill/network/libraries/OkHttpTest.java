package dev.standstill.network.libraries;

import static dev.standstill.network.libraries.Scenario.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** OkHttp with its server for tests. */
@EnabledOnOs(OS.LINUX)
class OkHttpTest {

  /** The server tells each request. */
  private static final Logger LOG = Logger.getLogger("mockwebserver3");

  @BeforeAll
  static void silence() {
    LOG.setLevel(Level.OFF);
  }

  @Test
  void connectionsAreKeptForFiveMinutesAndTimeOutsAreExact() throws Exception {
    List<Long> taken =
        Scenario.withLatency(Scenario.LATENCY)
            .afterFirstUse()
            .run(() -> {
              OkHttpClient client = new OkHttpClient(); // each of its time-outs is 10 s
              try (MockWebServer server = new MockWebServer()) {
                server.start();
                HttpUrl url = server.url("/");
                server.enqueue(hello().build());
                server.enqueue(hello().build());
                server.enqueue(hello().headersDelay(3, TimeUnit.SECONDS).build());
                long first = millis(() -> assertThat(get(client, url)).isEqualTo("hello"));
                Thread.sleep(200_000);
                long second = millis(() -> assertThat(get(client, url)).isEqualTo("hello"));
                Thread.sleep(400_000);
                long third = millis(() -> assertThat(get(client, url)).isEqualTo("hello"));
                long fourth =
                    millis(() ->
                        assertThatThrownBy(() -> get(client, url))
                            .isInstanceOf(SocketTimeoutException.class));
                return List.of(first, second, third, fourth);
              } finally {
                client.dispatcher().executorService().shutdown();
                client.connectionPool().evictAll();
              }
            });

    assertThat(taken).containsExactly(40L, 20L, 3_040L, 10_000L);
  }

  private static MockResponse.Builder hello() {
    return new MockResponse.Builder().body("hello");
  }

  private static String get(OkHttpClient client, HttpUrl url) throws IOException {
    try (Response response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      return response.body().string();
    }
  }
}
