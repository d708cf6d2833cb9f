package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.standstill.test.TestLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpTest {

  @Test
  void aRequestTakesTwoRoundTrips() throws Exception {
    try (TestLoop loop =
        TestLoop.builder().network(Duration.ofMillis(10), Duration.ofMillis(10)).open()) {
      loop.run(() -> {
        HttpServer server =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
            "/",
            exchange -> {
              byte[] body = "hello".getBytes();
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
              exchange.close();
            });
        server.start();
        int port = server.getAddress().getPort();
        try (HttpClient client = HttpClient.newHttpClient()) {
          long before = System.nanoTime();
          HttpResponse<String> response =
              client.send(
                  HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/")).build(),
                  HttpResponse.BodyHandlers.ofString());
          assertThat(response.body()).isEqualTo("hello");
          assertThat(Duration.ofNanos(System.nanoTime() - before)).isEqualTo(Duration.ofMillis(40));
        }
        server.stop(0);
        return null;
      });
    }
  }
}
