package dev.standstill.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.standstill.Task;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Real sockets, all of whose ends are on one loop: time moves while nothing is on its way. */
@EnabledOnOs(OS.LINUX)
class OwnNetworkTest {

  private static final Duration MOMENT = Duration.ofMillis(50);

  private static TestLoop open(long seed) {
    return TestLoop.builder().seed(seed).ownNetwork().leaks(Leaks.IGNORE).open();
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  @Test
  void aTaskWaitsForAnotherThatSleepsBeforeItAnswers() throws Exception {
    for (int seed = 0; seed < 50; seed++) {
      try (TestLoop loop = open(seed);
          ServerSocket server = listen()) {
        loop.background().spawn("server", () -> answerAfterAnHour(server));
        int answer = loop.run(() -> ask(server));

        assertThat(answer).isEqualTo(42);
        assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofHours(1)));
      }
    }
  }

  private static void answerAfterAnHour(ServerSocket server)
      throws IOException, InterruptedException {
    try (Socket connection = server.accept()) {
      int asked = connection.getInputStream().read();
      Thread.sleep(Duration.ofHours(1));
      connection.getOutputStream().write(asked * 2);
    }
  }

  private static int ask(ServerSocket server) throws IOException {
    try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      client.getOutputStream().write(21);
      return client.getInputStream().read();
    }
  }

  @Test
  void anHttpHandlerSleepsWhileItsClientWaits() throws Exception {
    for (int seed = 0; seed < 3; seed++) {
      try (TestLoop loop = open(seed)) {
        String body = loop.run(OwnNetworkTest::serveAndFetch);

        assertThat(body).isEqualTo("slow");
        assertThat(loop.now()).isEqualTo(TestLoop.DEFAULT_START.plus(Duration.ofMinutes(10)));
      }
    }
  }

  private static String serveAndFetch() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/", OwnNetworkTest::handleSlowly);
    server.start();
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } finally {
      server.stop(0);
    }
  }

  private static void handleSlowly(HttpExchange exchange) throws IOException {
    try (exchange) {
      Thread.sleep(Duration.ofMinutes(10));
      byte[] body = "slow".getBytes(StandardCharsets.US_ASCII);
      exchange.sendResponseHeaders(200, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void tasksThatWaitForEachOthersSocketsForEverAreDeadlocked() throws Exception {
    try (TestLoop loop = open(0);
        ServerSocket server = listen()) {
      loop.background().spawn("server", () -> server.accept().getInputStream().read());
      assertThatExceptionOfType(DeadlockException.class)
          .isThrownBy(() -> loop.run(() -> connectAndRead(server)))
          .withMessageContaining("\"main\" is blocked on a socket");
    }
  }

  private static int connectAndRead(ServerSocket server) throws IOException {
    try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      return client.getInputStream().read();
    }
  }

  @Test
  void withoutThePromiseASocketIsOutside() throws Exception {
    try (TestLoop loop = TestLoop.builder().realTimeLimit(MOMENT).leaks(Leaks.IGNORE).open();
        ServerSocket server = listen()) {
      Task<Void> answering = loop.spawn("server", () -> answerAfterAnHour(server));
      assertThatExceptionOfType(OutsideWaitException.class)
          .isThrownBy(() -> loop.run(() -> ask(server)))
          .withMessageContaining("task \"main\" waits for a socket");
      assertThat(answering.isDone()).isFalse();
    }
  }
}
