package dev.standstill.network.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.network.Host;
import dev.standstill.network.Network;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Who asks several hosts for connections in one moment is accepted by all of them in time. */
class ConnectionsAtOnceTest {

  private static void accept(List<Instant> times) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open();
        Selector selector = Selector.open()) {
      server.bind(new InetSocketAddress(Programs.PORT)).configureBlocking(false);
      server.register(selector, SelectionKey.OP_ACCEPT);
      while (true) {
        selector.select();
        selector.selectedKeys().clear();
        SocketChannel accepted = server.accept();
        if (accepted != null) {
          times.add(Instant.now());
        }
      }
    }
  }

  @Test
  void selectorsAreWokenOnAllHosts() throws Exception {
    List<Instant> times = new CopyOnWriteArrayList<>();
    Duration delay = Duration.ofMillis(10);
    try (TestLoop loop = TestLoop.builder().network(delay, delay).open()) {
      for (String name : List.of("a", "b", "c")) {
        Host unused = Network.of(loop).host(name, () -> accept(times));
      }
      Instant asked =
          loop.run(() -> {
            Thread.sleep(1);
            for (String name : List.of("a", "b", "c")) {
              SocketChannel channel = SocketChannel.open();
              channel.configureBlocking(false);
              channel.connect(new InetSocketAddress(name, Programs.PORT));
            }
            Instant now = Instant.now();
            Thread.sleep(1_000);
            return now;
          });
      Instant accepted = asked.plusMillis(30);
      assertThat(times).containsExactly(accepted, accepted, accepted);
    }
  }
}
