package dev.standstill.network.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * The JDK's HTTP server closes connections that have been idle for 30 s, and its client asks anew.
 */
@EnabledOnOs(OS.LINUX)
class IdleConnectionsTest {

  @Test
  void theServerClosesAConnectionThatIsIdleForAVirtualMinute() throws Exception {
    for (int seed = 0; seed < 3; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).network().leaks(Leaks.IGNORE).open()) {
        List<String> ports = loop.run(IdleConnectionsTest::askTwiceAndOnceMoreAfterAMinute);

        assertThat(ports.get(1)).isEqualTo(ports.get(0));
        assertThat(ports.get(2)).isNotEqualTo(ports.get(0));
        assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofMinutes(1)));
      }
    }
  }

  private static List<String> askTwiceAndOnceMoreAfterAMinute() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", IdleConnectionsTest::answerWithPortOfClient);
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    List<String> ports = new ArrayList<>();
    try (HttpClient client = HttpClient.newHttpClient()) {
      ports.add(fetch(client, uri));
      ports.add(fetch(client, uri));
      Thread.sleep(Duration.ofMinutes(1));
      ports.add(fetch(client, uri));
    } finally {
      server.stop(0);
    }
    return ports;
  }

  private static String fetch(HttpClient client, URI uri) throws Exception {
    return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
  }

  private static void answerWithPortOfClient(HttpExchange exchange) throws IOException {
    try (exchange) {
      String port = String.valueOf(exchange.getRemoteAddress().getPort());
      byte[] body = port.getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
