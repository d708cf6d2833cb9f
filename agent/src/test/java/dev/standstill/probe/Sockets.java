package dev.standstill.probe;

import dev.standstill.agent.Loop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Counts the parks that wait for a socket. */
public final class Sockets {

  private Sockets() {}

  public static void main(String[] arguments) throws Exception {
    Loop.open();
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(server.getInetAddress(), server.getLocalPort());
        Socket peer = server.accept()) {
      Thread.ofPlatform().start(() -> answerOnceParked(peer));
      Loop.call(() -> client.getInputStream().read());
      print("read");
      client.setSoTimeout(100);
      Loop.tick = 40_000_000; // nanoseconds: the time-out passes on the loop while it is waited for
      Loop.call(() -> timeOut(client));
      print("timed read");
      timeOut(client);
      print("read by a platform thread");
    }
    Thread task = Thread.ofVirtual().name("task").start(LockSupport::park);
    LockSupport.unpark(task);
    task.join();
    print("park for no socket");
  }

  private static void answerOnceParked(Socket peer) {
    while (Loop.parksOutside.get() == 0) {
      Thread.onSpinWait();
    }
    try {
      peer.getOutputStream().write(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Object timeOut(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read();
    } catch (SocketTimeoutException e) {
      return e;
    }
  }

  private static void print(String what) {
    System.out.println(
        what + "=" + Loop.parksOutside.get() + " entered, " + Loop.returnsFromOutside + " left");
  }
}
