package dev.standstill.junit.probe;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Another process, as a container would be: prints its port, greets one client and ends. */
public final class Greeter {

  private Greeter() {}

  /** Takes as long as a JVM takes to start. */
  public static void main(String[] arguments) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      System.out.println("listening on port " + server.getLocalPort());
      try (Socket client = server.accept();
          PrintStream out = new PrintStream(client.getOutputStream())) {
        out.println("hello");
      }
    }
  }
}
