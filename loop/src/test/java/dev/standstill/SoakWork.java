package dev.standstill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the tasks of a soak do: sleep, hand a lock on, or have a byte echoed through a socket by
 * other tasks of the loop. Its state is the tasks'; plain, because those run one at a time.
 */
final class SoakWork implements AutoCloseable {

  private static final int CONNECTIONS = 10;

  private final ServerSocket server =
      new ServerSocket(0, CONNECTIONS, InetAddress.getLoopbackAddress());
  private final BlockingQueue<Socket> connections = new ArrayBlockingQueue<>(CONNECTIONS);
  private final ReentrantLock lock = new ReentrantLock();
  private long underLock;
  private long slept;
  private long locked;
  private long echoed;

  SoakWork(EventLoop loop) throws IOException {
    loop.spawn("accept", () -> acceptAll(loop));
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(new Socket(server.getInetAddress(), server.getLocalPort()));
    }
  }

  private void acceptAll(EventLoop loop) throws IOException {
    for (int i = 0; i < CONNECTIONS; i++) {
      Socket connection = server.accept();
      loop.spawn("echo-" + i, () -> echo(connection));
    }
  }

  private static void echo(Socket connection) throws IOException {
    try (connection) {
      connection.getInputStream().transferTo(connection.getOutputStream());
    }
  }

  void perform(long number) throws Exception {
    switch ((int) (number % 4)) {
      case 0 -> sleep(number % 3);
      case 1 -> lock();
      case 2 -> exchange((int) (number % 128));
      default -> {}
    }
  }

  private void sleep(long millis) throws InterruptedException {
    Thread.sleep(millis);
    slept++;
  }

  private void lock() {
    lock.lock();
    try {
      long seen = underLock;
      Thread.yield();
      underLock = seen + 1;
    } finally {
      lock.unlock();
    }
    locked++;
  }

  private void exchange(int octet) throws Exception {
    Socket connection = connections.take();
    connection.getOutputStream().write(octet);
    assertThat(connection.getInputStream().read()).isEqualTo(octet);
    connections.put(connection);
    echoed++;
  }

  void assertAllDone() {
    assertThat(underLock).isEqualTo(locked).isPositive();
    assertThat(slept).isPositive();
    assertThat(echoed).isPositive();
  }

  @Override
  public String toString() {
    return "%,d slept, %,d took the lock, %,d used a socket".formatted(slept, locked, echoed);
  }

  /** The echoing tasks see the end of their streams. */
  @Override
  public void close() throws IOException {
    for (Socket connection : connections) {
      connection.close();
    }
    server.close();
  }
}
