package dev.standstill.examples.faults;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers each byte with a price. */
public final class PriceServer {

  public static final int PORT = 7100;

  private PriceServer() {}

  /** Serves until it is ended. */
  static void main() throws IOException {
    serve(new AtomicInteger());
  }

  /** Counts what it is asked. */
  public static void serve(AtomicInteger requests) throws IOException {
    try (ServerSocket server = new ServerSocket(PORT)) {
      while (true) {
        Socket client = server.accept();
        Thread.startVirtualThread(() -> answer(client, requests));
      }
    }
  }

  private static void answer(Socket client, AtomicInteger requests) {
    try (client) {
      while (client.getInputStream().read() >= 0) {
        requests.incrementAndGet();
        client.getOutputStream().write(42);
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }
}
