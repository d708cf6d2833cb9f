package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.network.SocketContract.Pair;
import dev.standstill.test.Schedule;
import dev.standstill.test.TestLoop;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** How long what goes over the network takes, in the time of the loop. */
class TimingTest {

  private static final long DELAY = 10;

  private static <V> V on(long least, long most, Callable<V> body) throws Exception {
    try (TestLoop loop =
        TestLoop.builder().network(Duration.ofMillis(least), Duration.ofMillis(most)).open()) {
      return loop.run(body);
    }
  }

  private static long millis() {
    return System.nanoTime() / 1_000_000;
  }

  @Test
  void connectingTakesTwoDelaysAndAcceptingThree() throws Exception {
    on(
        DELAY,
        DELAY,
        () -> {
          try (ServerSocket server = SocketContract.server()) {
            long start = millis();
            Later<Long> accepted =
                Later.of(() -> {
                  server.accept().close();
                  return millis() - start;
                });
            try (Socket client = SocketContract.connect(server)) {
              assertThat(millis() - start).isEqualTo(2 * DELAY);
              assertThat(accepted.get()).isEqualTo(3 * DELAY);
              assertThat(client.isConnected()).isTrue();
            }
          }
          return null;
        });
  }

  @Test
  void connectionsAreAcceptedInTheOrderInWhichTheyWereMade() throws Exception {
    on(
        DELAY,
        DELAY,
        () -> {
          try (ServerSocket server = SocketContract.server()) {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
              ports.add(SocketContract.connect(server).getLocalPort());
            }
            for (int port : ports) {
              assertThat(server.accept().getPort()).isEqualTo(port);
            }
          }
          return null;
        });
  }

  @Test
  void aConnectionIsRefusedAfterARoundTrip() throws Exception {
    on(
        DELAY,
        DELAY,
        () -> {
          int port = SocketContract.freePort();
          long start = millis();
          assertThatThrownBy(() -> new Socket(SocketContract.here(), port).close())
              .isInstanceOf(ConnectException.class);
          assertThat(millis() - start).isEqualTo(2 * DELAY);
          return null;
        });
  }

  @Test
  void aServerThatListensBeforeThePacketArrivesIsFound() throws Exception {
    on(
        DELAY,
        DELAY,
        () -> {
          int port = SocketContract.freePort();
          Later<Socket> client = Later.of(() -> new Socket(SocketContract.here(), port));
          Thread.sleep(DELAY - 1);
          try (ServerSocket server = new ServerSocket(port, 50, SocketContract.here());
              Socket connected = client.get();
              Socket accepted = server.accept()) {
            assertThat(accepted.getPort()).isEqualTo(connected.getLocalPort());
          }
          return null;
        });
  }

  @Test
  void aFullBacklogIsAskedAgainAfter1And3And7Seconds() throws Exception {
    on(
        0,
        0,
        () -> {
          try (ServerSocket server = new ServerSocket(0, 1, SocketContract.here())) {
            SocketContract.connect(server);
            SocketContract.connect(server);
            long start = millis();
            Later<Long> third =
                Later.of(() -> {
                  SocketContract.connect(server);
                  return millis() - start;
                });
            Thread.sleep(6_999);
            assertThat(third.isDone()).isFalse();
            server.accept();
            assertThat(third.get()).isEqualTo(7_000);
          }
          return null;
        });
  }

  @Test
  void aBacklogThatStaysFullTimesOutAfter127Seconds() throws Exception {
    on(
        DELAY,
        DELAY,
        () -> {
          try (ServerSocket server = new ServerSocket(0, 1, SocketContract.here())) {
            SocketContract.connect(server);
            SocketContract.connect(server);
            long start = millis();
            assertThatThrownBy(() -> SocketContract.connect(server))
                .isInstanceOf(ConnectException.class)
                .hasMessage("Connection timed out");
            assertThat(millis() - start).isEqualTo(127_000);
            long next = millis();
            assertThatThrownBy(() -> new Socket().connect(server.getLocalSocketAddress(), 500))
                .isInstanceOf(SocketTimeoutException.class);
            assertThat(millis() - next).isEqualTo(500);
          }
          return null;
        });
  }

  @Test
  void aSelectorWaitsForAConnectionThatIsAskedForAgain() throws Exception {
    on(
        DELAY,
        DELAY,
        () -> {
          try (ServerSocket server = new ServerSocket(0, 1, SocketContract.here());
              Selector selector = Selector.open();
              SocketChannel channel = SocketChannel.open()) {
            SocketContract.connect(server);
            SocketContract.connect(server);
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            long start = millis();
            channel.connect(server.getLocalSocketAddress());
            Later.of(() -> {
              Thread.sleep(100);
              return server.accept();
            });
            assertThat(selector.select()).isOne();
            assertThat(key.isConnectable() && channel.finishConnect()).isTrue();
            assertThat(millis() - start).isEqualTo(1_000 + 2 * DELAY);
          }
          return null;
        });
  }

  @Test
  void bytesAndTheEndArriveAfterTheDelay() throws Exception {
    on(
        DELAY,
        DELAY,
        () -> {
          try (Pair pair = Pair.open()) {
            long start = millis();
            SocketContract.send(pair.client(), "a");
            Thread.sleep(5);
            SocketContract.send(pair.client(), "b");
            Thread.sleep(5);
            pair.client().close();
            assertThat(SocketContract.read(pair.server(), 1)).isEqualTo("a");
            assertThat(millis() - start).isEqualTo(DELAY);
            assertThat(SocketContract.read(pair.server(), 1)).isEqualTo("b");
            assertThat(millis() - start).isEqualTo(DELAY + 5);
            SocketContract.assertEnded(pair.server());
            assertThat(millis() - start).isEqualTo(DELAY + 10);
          }
          return null;
        });
  }

  @Test
  void aLatencyThatChangesCountsForWhatIsSentLater() throws Exception {
    try (TestLoop loop = TestLoop.builder().network().open()) {
      Network network = Network.of(loop);
      loop.run(() -> {
        try (Pair pair = Pair.open()) {
          network.latency(Duration.ofMillis(50));
          long start = millis();
          SocketContract.send(pair.client(), "slow");
          network.latency(Duration.ZERO);
          SocketContract.send(pair.client(), "fast");
          assertThat(SocketContract.read(pair.server(), 8)).isEqualTo("slowfast");
          assertThat(millis() - start).isEqualTo(50);
        }
        return null;
      });
    }
  }

  @Test
  void aDatagramIsOvertakenByOneThatIsFaster() throws Exception {
    try (TestLoop loop = TestLoop.builder().network().open()) {
      Network network = Network.of(loop);
      loop.run(() -> {
        try (DatagramSocket one = new DatagramSocket(SocketContract.anyPort());
            DatagramSocket other = new DatagramSocket(SocketContract.anyPort())) {
          network.latency(Duration.ofMillis(50));
          one.send(new DatagramPacket(new byte[1], 1, other.getLocalSocketAddress()));
          network.latency(Duration.ofMillis(20));
          one.send(new DatagramPacket(new byte[2], 2, other.getLocalSocketAddress()));
          DatagramPacket received = new DatagramPacket(new byte[9], 9);
          long start = millis();
          other.receive(received);
          assertThat(received.getLength()).isEqualTo(2);
          assertThat(millis() - start).isEqualTo(20);
          received.setLength(9);
          other.receive(received);
          assertThat(received.getLength()).isOne();
          assertThat(millis() - start).isEqualTo(50);
        }
        return null;
      });
    }
  }

  /** What a run of many packets has seen: when each came, and how much was read at a time. */
  private static List<Long> exchange() throws Exception {
    List<Long> seen = new ArrayList<>();
    try (SocketContract.ChannelPair pair = SocketContract.ChannelPair.open()) {
      long start = System.nanoTime();
      for (int i = 0; i < 20; i++) {
        SocketContract.write(pair.client(), "0123456789");
        ByteBuffer into = ByteBuffer.allocate(10);
        while (into.hasRemaining()) {
          seen.add((long) pair.server().read(into));
          seen.add(System.nanoTime() - start);
        }
        assertThat(new String(into.array())).isEqualTo("0123456789");
      }
    }
    return seen;
  }

  private static TestLoop.Builder slow() {
    return TestLoop.builder().network(Duration.ofMillis(5), Duration.ofMillis(40));
  }

  @Test
  void aSeedDrawsDelaysAndShortReadsAndATokenRepeatsThem() throws Exception {
    List<Long> first;
    String token;
    try (TestLoop loop = slow().schedule(Schedule.seeded(7)).open()) {
      first = loop.run(TimingTest::exchange);
      token = loop.replayToken().toString();
    }
    try (TestLoop loop = slow().schedule(Schedule.seeded(7)).open()) {
      assertThat(loop.run(TimingTest::exchange)).isEqualTo(first);
      assertThat(loop.replayToken()).hasToString(token);
    }
    try (TestLoop loop = slow().replay(token).open()) {
      assertThat(loop.run(TimingTest::exchange)).isEqualTo(first);
      assertThat(loop.replayToken()).hasToString(token);
    }
    try (TestLoop loop = slow().schedule(Schedule.seeded(8)).open()) {
      assertThat(loop.run(TimingTest::exchange)).isNotEqualTo(first);
    }
    assertThat(first).as("a short read").anyMatch(read -> read > 0 && read < 10);
  }

  @Test
  void delaysAreBetweenTheLeastAndTheMost() throws Exception {
    try (TestLoop loop = slow().schedule(Schedule.seeded(3)).open()) {
      loop.run(() -> {
        try (Pair pair = Pair.open()) {
          List<Long> delays = new ArrayList<>();
          for (int i = 0; i < 100; i++) {
            long start = millis();
            pair.client().getOutputStream().write(1);
            assertThat(pair.server().getInputStream().read()).isOne();
            delays.add(millis() - start);
          }
          assertThat(delays).allMatch(delay -> delay >= 5 && delay <= 40).contains(5L, 40L);
        }
        return null;
      });
    }
  }

  @Test
  void firstInFirstOutTakesTheLeastAndReadsAll() throws Exception {
    List<Long> seen = on(5, 40, TimingTest::exchange);
    for (int i = 0; i < 20; i++) {
      assertThat(seen.get(2 * i)).isEqualTo(10);
      assertThat(seen.get(2 * i + 1)).isEqualTo((i + 1) * 5_000_000L);
    }
  }

  @Test
  void aPollingLoopOnANonBlockingReadSeesTimePass() throws Exception {
    on(
        DELAY,
        DELAY,
        () -> {
          try (SocketContract.ChannelPair pair = SocketContract.ChannelPair.open()) {
            pair.server().configureBlocking(false);
            SocketContract.write(pair.client(), "x");
            while (pair.server().read(ByteBuffer.allocate(1)) == 0) {}
          }
          return null;
        });
  }

  @Test
  void aPollingLoopOfASelectorSeesTimePass() throws Exception {
    on(
        DELAY,
        DELAY,
        () -> {
          try (SocketContract.ChannelPair pair = SocketContract.ChannelPair.open();
              Selector selector = Selector.open()) {
            pair.server().configureBlocking(false);
            pair.server().register(selector, SelectionKey.OP_READ);
            SocketContract.write(pair.client(), "x");
            while (selector.selectNow() == 0) {}
          }
          return null;
        });
  }

  @Test
  void aPollingLoopOnAFullChannelLetsTheReaderRead() throws Exception {
    on(
        DELAY,
        DELAY,
        () -> {
          try (SocketContract.ChannelPair pair = SocketContract.ChannelPair.open()) {
            pair.client().configureBlocking(false);
            ByteBuffer much = ByteBuffer.allocate(200_000);
            Later<String> read =
                Later.of(() -> {
                  Thread.sleep(1_000);
                  return SocketContract.read(pair.server(), 200_000);
                });
            while (much.hasRemaining()) {
              pair.client().write(much);
            }
            assertThat(read.get()).hasSize(200_000);
          }
          return null;
        });
  }

  @Test
  void pollingForAcceptConnectAndDatagramsSeesTimePass() throws Exception {
    on(
        DELAY,
        DELAY,
        () -> {
          try (var server =
                  java.nio.channels.ServerSocketChannel.open().bind(SocketContract.anyPort());
              SocketChannel client = SocketChannel.open();
              var datagrams =
                  java.nio.channels.DatagramChannel.open().bind(SocketContract.anyPort())) {
            server.configureBlocking(false);
            client.configureBlocking(false);
            datagrams.configureBlocking(false);
            client.connect(server.getLocalAddress());
            while (!client.finishConnect()) {}
            SocketChannel accepted = server.accept();
            while (accepted == null) {
              accepted = server.accept();
            }
            assertThat(((InetSocketAddress) accepted.getRemoteAddress()).getPort())
                .isEqualTo(((InetSocketAddress) client.getLocalAddress()).getPort());
            datagrams.send(ByteBuffer.wrap(new byte[1]), datagrams.getLocalAddress());
            while (datagrams.receive(ByteBuffer.allocate(1)) == null) {}
          }
          return null;
        });
  }
}
