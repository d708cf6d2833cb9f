package dev.standstill.network.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import io.helidon.webserver.WebServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Servers that others wrote start, serve and stop on a loop, and their handlers' time is virtual.
 */
@EnabledOnOs(OS.LINUX)
class ServersTest {

  /**
   * Not at a moment at which servers look for connections that are idle, every 30 s: whether one is
   * closed just then, and asked again, is a race.
   */
  private static final Duration WORK = Duration.ofMinutes(10).plusSeconds(7);

  /** Tomcat tells what it does, and which flag it would like. */
  private static final Logger TOMCAT = Logger.getLogger("org.apache");

  @TempDir Path directory;

  /** Spring Boot would set up the log of the whole JVM. */
  @BeforeAll
  static void silence() {
    TOMCAT.setLevel(Level.OFF);
    System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
  }

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

  @Test
  void tomcat() throws Exception {
    answersAfterTenMinutesOfWork(this::startTomcat);
  }

  @Test
  void springBootWithTomcat() throws Exception {
    answersAfterTenMinutesOfWork(ServersTest::startSpringBoot);
  }

  /** Its poller never ends when it is interrupted: the loop gives it up. */
  @Test
  void aServerThatNobodyStopsHoldsNothingUp() throws Exception {
    try (TestLoop loop = TestLoop.builder().network().leaks(Leaks.IGNORE).open()) {
      loop.run(() -> assertThat(startTomcat().port()).isPositive());
    }
  }

  private static void answersAfterTenMinutesOfWork(Start server) throws Exception {
    for (int seed = 0; seed < 3; seed++) {
      try (TestLoop loop = TestLoop.builder().seed(seed).network().leaks(Leaks.FAIL).open()) {
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

  private Running startTomcat() throws LifecycleException {
    Tomcat server = new Tomcat();
    server.setSilent(true);
    server.setBaseDir(directory.toString());
    server.setPort(0);
    server.getConnector().setProperty("address", "127.0.0.1");
    Context context = server.addContext("", null);
    Tomcat.addServlet(context, "working", new Working()).addMapping("/");
    server.start();
    return new Running() {
      @Override
      public int port() {
        return server.getConnector().getLocalPort();
      }

      @Override
      public void stop() throws LifecycleException {
        server.stop();
        server.destroy();
      }
    };
  }

  private static final class Working extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        Thread.sleep(WORK);
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
      response.getWriter().print("done");
    }
  }

  private static Running startSpringBoot() {
    SpringApplication application = new SpringApplication(Application.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setRegisterShutdownHook(false);
    ConfigurableApplicationContext context =
        application.run("--server.address=127.0.0.1", "--server.port=0");
    return new Running() {
      @Override
      public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
      }

      @Override
      public void stop() {
        context.close();
      }
    };
  }

  /** An application whose one answer takes its time. */
  @RestController
  @EnableAutoConfiguration
  @SpringBootConfiguration
  static class Application {

    @GetMapping("/")
    String work() throws InterruptedException {
      Thread.sleep(WORK);
      return "done";
    }
  }
}
