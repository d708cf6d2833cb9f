package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A network holds as many connections as a server of today, each with a task at either end. */
class ManyConnectionsTest {

  private static final int CONNECTIONS = 10_000;

  @Test
  void tenThousandConnectionsAreOpenAtOnce() throws Exception {
    Duration delay = Duration.ofMillis(1);
    try (TestLoop loop = TestLoop.builder().network(delay, delay).open()) {
      loop.run(() -> {
        long start = System.nanoTime();
        AtomicInteger answered = new AtomicInteger();
        CountDownLatch connected = new CountDownLatch(CONNECTIONS);
        CountDownLatch ended = new CountDownLatch(CONNECTIONS);
        try (ServerSocket server = new ServerSocket(0, CONNECTIONS, SocketContract.here())) {
          Thread.startVirtualThread(() -> serve(server));
          for (int i = 0; i < CONNECTIONS; i++) {
            Later.run(() -> {
              try (Socket socket = SocketContract.connect(server)) {
                connected.countDown();
                connected.await();
                socket.getOutputStream().write('?');
                answered.addAndGet(socket.getInputStream().read() == '!' ? 1 : 0);
              } finally {
                ended.countDown();
              }
            });
          }
          ended.await();
        }
        assertThat(answered).hasValue(CONNECTIONS);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isEqualTo(delay.multipliedBy(4));
        return null;
      });
    }
  }

  private static void serve(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        Thread.startVirtualThread(() -> answer(socket));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private static void answer(Socket socket) {
    try (socket) {
      if (socket.getInputStream().read() == '?') {
        socket.getOutputStream().write('!');
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
