package dev.standstill.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A connection to a {@link ReportService}. */
final class ReportClient implements AutoCloseable {

  private final Socket connection;

  /**
   * @throws java.net.ConnectException if the service takes no connections
   */
  ReportClient(int port) throws IOException {
    connection = new Socket(InetAddress.getLoopbackAddress(), port);
  }

  void ask(long millis) throws IOException {
    connection.getOutputStream().write("GET /%d HTTP/1.1\r\n\r\n".formatted(millis).getBytes());
  }

  /** Waits for the whole answer; returns its status and its body, or nothing. */
  String answer() throws IOException {
    String answer = new String(connection.getInputStream().readAllBytes());
    return answer.replaceFirst("^HTTP/1.1 ", "").replaceFirst("(?s)\r\n.*\r\n\r\n", ": ").strip();
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
