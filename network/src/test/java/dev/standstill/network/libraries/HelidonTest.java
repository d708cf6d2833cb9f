package dev.standstill.network.libraries;

import io.helidon.webserver.WebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Helidon, whose threads are virtual by themselves. */
@EnabledOnOs(OS.LINUX)
class HelidonTest {

  @Test
  void servesAndClosesIdleConnections() throws Exception {
    Visits.ofServer(HelidonTest::start);
  }

  private static Visits.Running start() {
    WebServer server =
        WebServer.builder()
            .host("localhost")
            .idleConnectionTimeout(Visits.IDLE)
            .idleConnectionPeriod(java.time.Duration.ofSeconds(1))
            .shutdownHook(false)
            .routing(routing ->
                routing.get(
                    "/*",
                    (request, response) -> {
                      Thread.sleep(Visits.WORK);
                      response.send(request.path().path());
                    }))
            .build()
            .start();
    return new Visits.Running(server.port(), server::stop);
  }
}
