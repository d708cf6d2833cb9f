package dev.standstill.examples;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.LocalTime;

/** A server over TCP and a client that asks again. Run it with {@code --latency 300ms}. */
public final class PriceServer {

  private static final int PORT = 7000;
  private static final int PRICE = 42;
  private static final int PATIENCE_MILLIS = 1_000;

  private PriceServer() {}

  /** Asks for one price. */
  public static void main(String[] args) throws IOException {
    try (ServerSocket server = new ServerSocket(PORT)) {
      Thread.ofPlatform().daemon().name("prices").start(() -> answer(server));
      System.out.println(LocalTime.now() + " what does it cost?");
      int price = ask();
      System.out.println(LocalTime.now() + " it costs " + price);
    }
  }

  private static void answer(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket client = server.accept()) {
        client.getInputStream().read();
        client.getOutputStream().write(PRICE);
      } catch (IOException e) {
        // The client has gone, or the server is closed.
      }
    }
  }

  private static int ask() throws IOException {
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress("localhost", PORT), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write('?');
        return socket.getInputStream().read();
      } catch (SocketTimeoutException e) {
        System.out.println(LocalTime.now() + " nobody answers");
      }
    }
  }
}
