package dev.standstill.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.standstill.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * A web server on the loopback interface that has a page for every path. Its handlers are tasks of
 * a loop.
 */
final class PageServer implements AutoCloseable {

  private static final int MILLIS_FOR_A_PAGE = 10;

  private final EventLoop loop = EventLoop.start("server");
  private final HttpServer http;

  // Only tasks of the loop touch these: no lock.
  private int serving;
  private int mostAtOnce;

  PageServer() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(loop);
    http.createContext("/", this::serve);
    http.start();
  }

  private void serve(HttpExchange exchange) throws IOException {
    serving++;
    mostAtOnce = Math.max(mostAtOnce, serving);
    try (exchange) {
      Thread.sleep(MILLIS_FOR_A_PAGE);
      byte[] page = ("This is " + exchange.getRequestURI().getPath()).getBytes();
      exchange.sendResponseHeaders(200, page.length);
      serving--; // before the reader has it all, and asks for the next
      exchange.getResponseBody().write(page);
    } catch (InterruptedException e) {
      throw new IOException("The server was closed.", e);
    }
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + http.getAddress().getPort() + path);
  }

  /** How many pages were being served at the same time, at most. */
  int mostAtOnce() throws Exception {
    return loop.run(() -> mostAtOnce);
  }

  @Override
  public void close() {
    http.stop(0);
    loop.close();
  }
}
