package dev.standstill.network.libraries;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Jetty with the threads and timers that it makes itself. */
@EnabledOnOs(OS.LINUX)
class JettyTest {

  @Test
  void servesAndClosesIdleConnections() throws Exception {
    Visits.ofServer(JettyTest::start);
  }

  private static Visits.Running start() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("localhost");
    connector.setIdleTimeout(Visits.IDLE.toMillis());
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws InterruptedException {
            Thread.sleep(Visits.WORK);
            byte[] body = request.getHttpURI().getPath().getBytes(StandardCharsets.US_ASCII);
            response.write(true, ByteBuffer.wrap(body), callback);
            return true;
          }
        });
    server.start();
    return new Visits.Running(connector.getLocalPort(), server::stop);
  }
}
