package dev.standstill.examples;

import dev.standstill.EventLoop;
import dev.standstill.TaskGroup;
import dev.standstill.Timeout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;

/**
 * A service on one loop that makes reports: {@code GET /500} is one that takes 500 ms. At SIGTERM
 * or SIGINT it takes no further connections, lets the requests under way end, up to a limit, and
 * cancels the rest.
 *
 * <p>Its exit code is 0 if every request was answered, 1 if some were cancelled.
 */
public final class ReportService implements AutoCloseable {

  private final Duration limit;
  private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

  // Only tasks of the loop touch these: no lock.
  private boolean stopped;
  private int cancelled;

  /**
   * @param limit how long requests that are under way may take from the signal on
   */
  ReportService(Duration limit) throws IOException {
    this.limit = limit;
  }

  // tag::main[]
  /** Serves until a signal. The argument is how long requests may take from then on: PT10S. */
  public static void main(String[] args) throws Exception {
    int exitCode;
    try (var loop = EventLoop.open("reports");
        var service = new ReportService(Duration.parse(args[0]))) {
      exitCode = loop.run(() -> service.serve(loop));
    }
    System.exit(exitCode);
  }

  /** Serves until a signal to the loop, and returns the exit code. */
  int serve(EventLoop loop) throws Exception {
    try (var _ = loop.onSignal("TERM", this::stop);
        var _ = loop.onSignal("INT", this::stop);
        var requests = TaskGroup.open()) {
      System.out.println("listening on port " + port());
      acceptUntilStopped(requests);
      System.out.println("stopped");
      Timeout.moveOnAfter(limit, requests::join); // at the limit, join() cancels the rest
    }
    return cancelled == 0 ? 0 : 1;
  }

  /** Lets accept() fail; from then on connections are refused. */
  private void stop() throws IOException {
    stopped = true;
    listener.close();
  }

  // end::main[]

  private void acceptUntilStopped(TaskGroup requests) throws IOException {
    try {
      while (true) {
        Socket connection = listener.accept();
        requests.spawn("request", () -> answer(connection));
      }
    } catch (SocketException e) {
      if (!stopped) {
        throw e;
      }
    }
  }

  int port() {
    return listener.getLocalPort();
  }

  private void answer(Socket connection) {
    System.out.println("connected");
    try (connection) {
      try {
        long millis = millisAskedFor(connection);
        System.out.println("asked for a report of " + millis + " ms");
        Thread.sleep(millis);
        respond(connection, "200 OK", "a report of %d ms\n".formatted(millis));
      } catch (InterruptedException e) { // cancelled, at the limit
        cancelled++;
        respond(connection, "503 Service Unavailable", "the service ends\n");
      }
    } catch (IOException e) { // the client has gone, or was silent up to the limit
      System.out.println("no answer: " + e.getMessage());
    }
  }

  private static long millisAskedFor(Socket connection) throws IOException {
    var in = new BufferedReader(new InputStreamReader(connection.getInputStream()));
    String request = in.readLine(); // GET /500 HTTP/1.1
    String header = request;
    while (header != null && !header.isEmpty()) {
      header = in.readLine();
    }
    try {
      return Long.parseLong(request.split(" ")[1].substring(1));
    } catch (RuntimeException e) {
      throw new IOException("not a request for a report: " + request, e);
    }
  }

  private static void respond(Socket connection, String status, String body) throws IOException {
    String response =
        "HTTP/1.1 %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(status, body.length(), body);
    connection.getOutputStream().write(response.getBytes());
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
