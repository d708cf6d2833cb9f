package dev.standstill.network.libraries;

import static dev.standstill.network.libraries.Scenario.millis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** TLS of the JDK: the cryptography is real, and takes no virtual time. */
@EnabledOnOs(OS.LINUX)
class JdkTlsTest {

  private static Certificate certificate;

  @BeforeAll
  static void makeCertificate(@TempDir Path directory) throws Exception {
    certificate = Certificate.make(directory);
  }

  @Test
  void aHandshakeTakesOneRoundTripMore() throws Exception {
    List<Long> taken =
        Scenario.repeat(() -> {
          SSLContext tls = certificate.context();
          HttpsServer server =
              HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
          try (ExecutorService threads = Executors.newCachedThreadPool()) {
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            server.setExecutor(threads);
            server.createContext("/", JdkTlsTest::hello);
            server.start();
            URI uri = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
            try (HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
              HttpRequest request = HttpRequest.newBuilder(uri).build();
              HttpRequest impatient =
                  HttpRequest.newBuilder(uri.resolve("/slow"))
                      .timeout(Duration.ofSeconds(10))
                      .build();
              HttpResponse.BodyHandler<String> text = HttpResponse.BodyHandlers.ofString();
              return List.of(
                  millis(() -> assertThat(client.send(request, text).body()).isEqualTo("hello")),
                  millis(() -> assertThat(client.send(request, text).body()).isEqualTo("hello")),
                  millis(() ->
                      assertThatThrownBy(() -> client.send(impatient, text))
                          .isInstanceOf(HttpTimeoutException.class)));
            } finally {
              threads.shutdownNow();
              server.stop(0);
            }
          }
        });

    assertThat(taken).containsExactly(60L, 20L, 10_000L);
  }

  @Test
  void socketsOfTlsEcho() throws Exception {
    long taken =
        Scenario.repeat(() -> {
          SSLContext tls = certificate.context();
          try (SSLServerSocket server =
              (SSLServerSocket) tls.getServerSocketFactory().createServerSocket(0)) {
            Thread echo = Thread.startVirtualThread(() -> echoOnce(server));
            long each =
                millis(() -> {
                  try (SSLSocket socket =
                      (SSLSocket)
                          tls.getSocketFactory().createSocket("localhost", server.getLocalPort())) {
                    socket.getOutputStream().write(7);
                    assertThat(socket.getInputStream().read()).isEqualTo(7);
                  }
                });
            echo.join();
            return each;
          }
        });

    assertThat(taken).isEqualTo(60);
  }

  private static void echoOnce(SSLServerSocket server) {
    try (SSLSocket socket = (SSLSocket) server.accept()) {
      socket.getOutputStream().write(socket.getInputStream().read());
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
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
