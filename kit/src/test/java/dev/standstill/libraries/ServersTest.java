package dev.standstill.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import io.helidon.webserver.WebServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Servers that others wrote start, serve and stop on a loop, and their handlers' time is virtual.
 */
@EnabledOnOs(OS.LINUX)
class ServersTest {

  private static final Duration WORK = Duration.ofMinutes(10);

  /** A server of whatever make. */
  private interface Running {
    int port();

    void stop() throws Exception;
  }

  private interface Start {
    Running start() throws Exception;
  }

  @Test
  void jetty() throws Exception {
    answersAfterTenMinutesOfWork(ServersTest::startJetty);
  }

  @Test
  void helidon() throws Exception {
    answersAfterTenMinutesOfWork(ServersTest::startHelidon);
  }

  private static void answersAfterTenMinutesOfWork(Start server) throws Exception {
    for (int seed = 0; seed < 3; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).ownNetwork().leaks(Leaks.FAIL).open()) {
        List<Instant> answers = loop.run(() -> askTwice(server));

        assertThat(answers)
            .containsExactly(
                TestLoop.DEFAULT_START.plus(WORK),
                TestLoop.DEFAULT_START.plus(WORK.multipliedBy(2)));
      }
    }
  }

  private static List<Instant> askTwice(Start start) throws Exception {
    Running server = start.start();
    List<Instant> answers = new ArrayList<>();
    URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < 2; i++) {
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo("done");
        answers.add(Instant.now());
      }
    } finally {
      server.stop();
    }
    return answers;
  }

  private static Running startJetty() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws InterruptedException {
            Thread.sleep(WORK);
            response.write(
                true, ByteBuffer.wrap("done".getBytes(StandardCharsets.US_ASCII)), callback);
            return true;
          }
        });
    server.start();
    return new Running() {
      @Override
      public int port() {
        return connector.getLocalPort();
      }

      @Override
      public void stop() throws Exception {
        server.stop();
      }
    };
  }

  private static Running startHelidon() {
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .routing(routing ->
                routing.get(
                    "/",
                    (request, response) -> {
                      Thread.sleep(WORK);
                      response.send("done");
                    }))
            .build()
            .start();
    return new Running() {
      @Override
      public int port() {
        return server.port();
      }

      @Override
      public void stop() {
        server.stop();
      }
    };
  }
}
