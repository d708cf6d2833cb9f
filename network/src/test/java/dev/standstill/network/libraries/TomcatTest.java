package dev.standstill.network.libraries;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tomcat with each of its connectors. */
@EnabledOnOs(OS.LINUX)
class TomcatTest {

  /** It tells what it does. */
  private static final Logger LOG = Logger.getLogger("org.apache");

  @TempDir Path directory;

  @BeforeAll
  static void silence() {
    LOG.setLevel(Level.OFF);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Http11NioProtocol", "Http11Nio2Protocol"})
  void servesAndClosesIdleConnections(String protocol) throws Exception {
    Visits.ofServer(() -> start(protocol));
  }

  private Visits.Running start(String protocol) throws LifecycleException {
    Tomcat server = new Tomcat();
    server.setSilent(true);
    server.setBaseDir(directory.toString());
    Connector connector = new Connector("org.apache.coyote.http11." + protocol);
    connector.setPort(8080); // else it counts connectors, and names their threads so
    connector.setProperty("address", "localhost");
    connector.setProperty("keepAliveTimeout", String.valueOf(Visits.IDLE.toMillis()));
    server.setConnector(connector);
    Context context = server.addContext("", null);
    Tomcat.addServlet(context, "working", new Working()).addMapping("/*");
    server.start();
    return new Visits.Running(
        connector.getLocalPort(),
        () -> {
          server.stop();
          server.destroy();
        });
  }

  private static final class Working extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      try {
        Thread.sleep(Visits.WORK);
      } catch (InterruptedException e) {
        throw new InterruptedIOException();
      }
      response.getWriter().print(request.getRequestURI());
    }
  }
}
