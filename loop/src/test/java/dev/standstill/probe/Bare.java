package dev.standstill.probe;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A production loop that does a bit of everything. */
public final class Bare {

  private Bare() {}

  public static void main(String[] arguments) throws Exception {
    Object monitor = new Object();
    try (EventLoop loop = EventLoop.open();
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
      int answer =
          loop.run(() -> {
            Task<Integer> reader =
                loop.spawn("reader", () -> server.accept().getInputStream().read());
            Task<?> holder = loop.spawn("holder", () -> sleepIn(monitor));
            Thread.yield();
            client.getOutputStream().write(42);
            synchronized (monitor) {
              holder.isDone();
            }
            return reader.get();
          });
      System.out.print("slept, got a byte, saw the monitor free: " + answer + "\n");
    }
  }

  private static void sleepIn(Object monitor) throws InterruptedException {
    synchronized (monitor) {
      Thread.sleep(5);
    }
  }
}
