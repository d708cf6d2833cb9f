package dev.standstill.examples.faults;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Asks a server for a price until it answers. */
public final class PriceClient {

  private PriceClient() {}

  /** Asks the host "server" three times. */
  static void main() throws IOException, InterruptedException {
    for (int i = 0; i < 3; i++) {
      Thread.sleep(1_000);
      IO.println(askPatiently("server"));
    }
  }

  // tag::storm[]
  /** Asks each second. */
  public static int ask(Socket server) throws IOException {
    server.setSoTimeout(1_000);
    while (true) {
      server.getOutputStream().write('?');
      try {
        return server.getInputStream().read();
      } catch (SocketTimeoutException e) {
        // Once more.
      }
    }
  }

  // end::storm[]

  // tag::patient[]
  /** Gives a silent connection up, with all that it carries, and waits longer each time. */
  public static int askPatiently(String host) throws IOException, InterruptedException {
    for (long pause = 1_000; ; pause = Math.min(2 * pause, 5_000)) {
      try (Socket server = new Socket()) {
        server.setSoLinger(true, 0);
        server.connect(new InetSocketAddress(host, PriceServer.PORT), 1_000);
        server.setSoTimeout(1_000);
        server.getOutputStream().write('?');
        return server.getInputStream().read();
      } catch (SocketTimeoutException e) {
        Thread.sleep(pause);
      }
    }
  }
  // end::patient[]
}
