package dev.standstill.network.hosts;

import dev.standstill.network.Host;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What the hosts of tests run. */
final class Programs {

  static final int PORT = 7000;

  static int started;

  private Programs() {}

  /** Answers each byte with the next one, and counts what it has answered in a file. */
  static void serve() throws IOException {
    started++;
    try (ServerSocket server = new ServerSocket(PORT)) {
      while (true) {
        Socket socket = server.accept();
        Thread.startVirtualThread(() -> answer(socket));
      }
    }
  }

  private static void answer(Socket socket) {
    try (socket) {
      InputStream in = socket.getInputStream();
      for (int read = in.read(); read >= 0; read = in.read()) {
        socket.getOutputStream().write(read + 1);
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  /** Notes in its folder how often it has been started. */
  static int countStarts() throws IOException {
    Path file = Host.current().orElseThrow().folder().resolve("starts");
    int before = Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
    Files.writeString(file, Integer.toString(before + 1));
    return before + 1;
  }

  /** Asks a server again and again, each time with a connection of its own. */
  static int ask(String host, int value) throws IOException {
    try (Socket socket = new Socket(host, PORT)) {
      OutputStream out = socket.getOutputStream();
      out.write(value);
      return socket.getInputStream().read();
    }
  }

  static void sleepForEver() throws InterruptedException {
    Thread.sleep(Duration.ofDays(1_000));
  }

  static void beat(AtomicInteger beats) throws InterruptedException {
    while (true) {
      Thread.sleep(Duration.ofSeconds(1));
      beats.incrementAndGet();
    }
  }
}
