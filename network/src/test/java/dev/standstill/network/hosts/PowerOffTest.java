package dev.standstill.network.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.network.Host;
import dev.standstill.network.Network;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** However a seed switches tasks, those of a machine that stops are gone before its sockets are. */
class PowerOffTest {

  private static final int SEEDS = 50;
  private static final int CLIENTS = 5;

  private static void serve(AtomicInteger told) throws IOException {
    try (ServerSocket server = new ServerSocket(Programs.PORT)) {
      while (true) {
        Socket socket = server.accept();
        Thread.startVirtualThread(() -> await(socket, told));
      }
    }
  }

  /** Counts who is told of the end of a socket, which only those are that go on. */
  private static void await(Socket socket, AtomicInteger told) {
    try {
      socket.getInputStream().read();
    } catch (IOException e) {
      told.incrementAndGet();
    }
  }

  @Test
  void noTaskRunsOn() throws Exception {
    for (long seed = 0; seed < SEEDS; seed++) {
      AtomicInteger told = new AtomicInteger();
      try (TestLoop loop = TestLoop.builder().seed(seed).network().open()) {
        Host server = Network.of(loop).host("server", () -> serve(told));
        loop.run(() -> {
          Thread.sleep(1);
          for (int i = 0; i < CLIENTS; i++) {
            Socket unused = new Socket("server", Programs.PORT);
          }
          Thread.sleep(1);
          server.powerOff();
          Thread.sleep(1_000);
          return null;
        });
      }
      assertThat(told).as("seed %s", seed).hasValue(0);
    }
  }
}
