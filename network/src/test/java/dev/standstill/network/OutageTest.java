package dev.standstill.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.network.SocketContract.Pair;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.Schedule;
import dev.standstill.test.TestLoop;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a test does to the network while it runs. */
class OutageTest {

  private static final long DELAY = 10;

  private interface Body {
    void run(Network network) throws Exception;
  }

  private static void on(Body body) throws Exception {
    Duration delay = Duration.ofMillis(DELAY);
    try (TestLoop loop = TestLoop.builder().network(delay, delay).open()) {
      loop.run(() -> {
        body.run(Network.of(loop));
        return null;
      });
    }
  }

  private static long millis() {
    return System.nanoTime() / 1_000_000;
  }

  private static Later<Long> reads(Socket socket, String expected) {
    return Later.of(() -> {
      assertThat(SocketContract.read(socket, expected.length())).isEqualTo(expected);
      return millis();
    });
  }

  @Test
  void whatIsHeldArrivesInOrderWhenItIsLetGo() throws Exception {
    on(network -> {
      try (Pair pair = Pair.open()) {
        Later<Long> read = reads(pair.server(), "abc");
        SocketContract.send(pair.client(), "a");
        Thread.sleep(DELAY / 2);
        Outage hold = network.hold();
        SocketContract.send(pair.client(), "b");
        Thread.sleep(5_000);
        SocketContract.send(pair.client(), "c");
        long now = millis();
        hold.close();
        assertThat(read.get()).isEqualTo(now + DELAY);
      }
    });
  }

  @Test
  void whatHasArrivedBeforeAHoldIsRead() throws Exception {
    on(network -> {
      try (Pair pair = Pair.open()) {
        SocketContract.send(pair.client(), "a");
        Thread.sleep(DELAY);
        try (Outage hold = network.hold()) {
          assertThat(SocketContract.read(pair.server(), 1)).isEqualTo("a");
          pair.server().setSoTimeout(60_000);
          assertThatThrownBy(() -> pair.server().getInputStream().read())
              .isInstanceOf(SocketTimeoutException.class);
          assertThat(hold.isOver()).isFalse();
        }
      }
    });
  }

  @Test
  void aHeldEndArrivesAfterTheHold() throws Exception {
    on(network -> {
      try (Pair pair = Pair.open()) {
        Outage hold = network.hold();
        SocketContract.send(pair.client(), "bye");
        pair.client().close();
        Later<Long> read = reads(pair.server(), "bye");
        Thread.sleep(1_000);
        hold.close();
        assertThat(read.get()).isEqualTo(millis());
        SocketContract.assertEnded(pair.server());
      }
    });
  }

  @Test
  void aConnectionIsMadeWhenItsPacketsAreLetGo() throws Exception {
    on(network -> {
      try (ServerSocket server = SocketContract.server()) {
        Outage hold = network.hold();
        Later<Socket> client = Later.of(() -> SocketContract.connect(server));
        Thread.sleep(2_500);
        long start = millis();
        hold.close();
        client.get();
        assertThat(millis() - start).isEqualTo(DELAY);
        server.accept();
        assertThat(millis() - start).isEqualTo(2 * DELAY);
      }
    });
  }

  @Test
  void whatIsLostByACutIsSentAgainUntilItArrives() throws Exception {
    on(network -> {
      try (Pair pair = Pair.open()) {
        long start = millis();
        Later<Long> read = reads(pair.server(), "lost");
        Outage cut = network.cut();
        SocketContract.send(pair.client(), "lo");
        Thread.sleep(300);
        SocketContract.send(pair.client(), "st");
        Thread.sleep(200);
        cut.close();
        // Sent again after 200 ms and 600 ms.
        assertThat(read.get() - start).isEqualTo(600 + DELAY);
      }
    });
  }

  @Test
  void aConnectionIsAskedForAgainWhileTheNetworkIsCut() throws Exception {
    on(network -> {
      try (ServerSocket server = SocketContract.server()) {
        long start = millis();
        Outage cut = network.cut();
        Later<Socket> client = Later.of(() -> SocketContract.connect(server));
        Thread.sleep(5_000);
        cut.close();
        client.get();
        assertThat(millis() - start).isEqualTo(7_000 + 2 * DELAY);
      }
    });
  }

  @Test
  void aConnectionThroughACutTimesOutAfter127Seconds() throws Exception {
    on(network -> {
      try (ServerSocket server = SocketContract.server();
          Outage cut = network.cut()) {
        long start = millis();
        assertThatThrownBy(() -> SocketContract.connect(server))
            .isInstanceOf(ConnectException.class)
            .hasMessage("Connection timed out");
        assertThat(millis() - start).isEqualTo(127_000);
        assertThat(cut.isOver()).isFalse();
      }
    });
  }

  @Test
  void whoSendsThroughALongCutLearnsThatNobodyAnswers() throws Exception {
    on(network -> {
      try (Pair pair = Pair.open();
          Outage cut = network.cut()) {
        long start = millis();
        SocketContract.send(pair.client(), "anybody?");
        assertThatThrownBy(() -> pair.client().getInputStream().read())
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection timed out");
        assertThat(millis() - start).isEqualTo(924_600);
        pair.server().setSoTimeout(3_600_000);
        assertThatThrownBy(() -> pair.server().getInputStream().read())
            .as("who only waits does not learn")
            .isInstanceOf(SocketTimeoutException.class);
        assertThat(cut).hasToString("cut since PT0.03S");
      }
    });
  }

  @Test
  void whoWaitsAlreadyLearnsThatNobodyAnswersAnyMore() throws Exception {
    on(network -> {
      try (Pair sent = Pair.open();
          Pair sends = Pair.open()) {
        long start = millis();
        Later<Integer> before = Later.of(() -> sent.client().getInputStream().read()).blocked();
        Later<Integer> after = Later.of(() -> sends.client().getInputStream().read()).blocked();
        SocketContract.send(sent.client(), "anybody?");
        long waited = millis() - start;
        network.cut();
        assertThat(before.failure()).isInstanceOf(SocketException.class);
        assertThat(millis() - start).isEqualTo(waited + 924_600);
        SocketContract.send(sends.client(), "anybody?");
        assertThat(after.failure())
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection timed out");
        assertThat(millis() - start).isEqualTo(waited + 2 * 924_600);
      }
    });
  }

  @Test
  void whoSendsAfterTheOtherHasGivenUpIsReset() throws Exception {
    on(network -> {
      try (Pair pair = Pair.open()) {
        Outage cut = network.cut();
        SocketContract.send(pair.client(), "anybody?");
        assertThatThrownBy(() -> pair.client().getInputStream().read())
            .isInstanceOf(SocketException.class);
        cut.close();
        SocketContract.send(pair.server(), "here");
        assertThatThrownBy(() -> pair.server().getInputStream().read())
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection reset");
      }
    });
  }

  @Test
  void outagesOverlap() throws Exception {
    on(network -> {
      try (Pair pair = Pair.open()) {
        Outage first = network.hold();
        Outage second = network.hold();
        SocketContract.send(pair.client(), "x");
        Later<Long> read = reads(pair.server(), "x");
        first.close();
        first.close();
        Thread.sleep(500);
        assertThat(read.isDone()).isFalse();
        second.close();
        assertThat(read.get()).isEqualTo(millis());
        assertThat(first).hasToString("hold since PT0.03S, over");
      }
    });
  }

  @Test
  void anOutageIsNamedWhereTheRunIsReported() throws Exception {
    try (TestLoop loop = TestLoop.builder().network().open()) {
      Network network = Network.of(loop);
      assertThat(network).hasToString("network of loop \"test\"");
      assertThatThrownBy(() ->
              loop.run(() -> {
                Pair pair = Pair.open();
                network.hold();
                SocketContract.send(pair.client(), "x");
                return pair.server().getInputStream().read();
              }))
          .isInstanceOf(DeadlockException.class)
          .hasMessageContaining("where nothing arrives: hold since PT0S");
      assertThat(network).hasToString("network of loop \"test\": [hold since PT0S]");
    }
  }

  @Test
  void theDriverMayEndAnOutage() throws Exception {
    try (TestLoop loop = TestLoop.builder().network().open()) {
      Network network = Network.of(loop);
      Outage hold = network.hold();
      Later<?>[] read = new Later<?>[1];
      loop.run(() -> {
        try (ServerSocket server = SocketContract.server()) {
          Later<Socket> client = Later.of(() -> SocketContract.connect(server));
          read[0] = client.blocked();
        }
        return null;
      });
      assertThat(read[0].isDone()).isFalse();
      hold.close();
      loop.run(() -> {
        assertThat(read[0].failure()).isInstanceOf(ConnectException.class);
        return null;
      });
    }
  }

  @Test
  void allConnectionsAreResetOrThoseOfAPort() throws Exception {
    on(network -> {
      try (Pair one = Pair.open();
          Pair other = Pair.open()) {
        Later<Integer> read = Later.of(() -> one.client().getInputStream().read()).blocked();
        network.reset(one.server().getLocalPort());
        assertThat(read.failure())
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection reset");
        assertThatThrownBy(() -> SocketContract.send(one.server(), "x"))
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection reset by peer");
        SocketContract.send(other.client(), "x");
        assertThat(SocketContract.read(other.server(), 1)).isEqualTo("x");
        network.reset();
        assertThatThrownBy(() -> other.server().getInputStream().read())
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection reset");
      }
    });
  }

  /** The numbers of the datagrams that have arrived, in the order in which they have. */
  private static List<Integer> exchange() throws Exception {
    List<Integer> received = new ArrayList<>();
    try (DatagramSocket one = new DatagramSocket(SocketContract.anyPort());
        DatagramSocket other = new DatagramSocket(SocketContract.anyPort())) {
      for (int i = 0; i < 50; i++) {
        one.send(new DatagramPacket(new byte[] {(byte) i}, 1, other.getLocalSocketAddress()));
        Thread.sleep(1);
      }
      other.setSoTimeout(1_000);
      DatagramPacket packet = new DatagramPacket(new byte[1], 1);
      while (true) {
        other.receive(packet);
        received.add((int) packet.getData()[0]);
      }
    } catch (SocketTimeoutException e) {
      return received;
    }
  }

  @Test
  void datagramsAreLostInACutAndHeldInAHold() throws Exception {
    on(network -> {
      Outage cut = network.cut();
      assertThat(exchange()).isEmpty();
      cut.close();
      assertThat(exchange()).hasSize(50);
      Outage hold = network.hold();
      Later<List<Integer>> received = Later.of(OutageTest::exchange);
      Thread.sleep(100);
      hold.close();
      assertThat(received.get()).hasSize(50).isSorted();
    });
  }

  @Test
  void eachDatagramCanBeLostOrDuplicated() throws Exception {
    on(network -> {
      network.loseDatagrams(1);
      assertThat(exchange()).isEmpty();
      network.loseDatagrams(0);
      network.duplicateDatagrams(1);
      assertThat(exchange()).hasSize(100);
      assertThatThrownBy(() -> network.loseDatagrams(-1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("One datagram in -1 cannot be: 1 means each, and 0 none.");
    });
  }

  @Test
  void datagramsAreLostDuplicatedAndReorderedByTheSeed() throws Exception {
    List<Integer> first = chaos(TestLoop.builder().schedule(Schedule.seeded(5)));
    assertThat(first).doesNotHaveDuplicates().hasSizeBetween(25, 49);
    assertThat(chaos(TestLoop.builder().schedule(Schedule.seeded(5)))).isEqualTo(first);
    assertThat(chaos(TestLoop.builder().replay(token))).isEqualTo(first);
    assertThat(chaos(TestLoop.builder().schedule(Schedule.seeded(6)))).isNotEqualTo(first);
    assertThat(first).isNotEqualTo(first.stream().sorted().toList());
  }

  private String token = "";

  private List<Integer> chaos(TestLoop.Builder builder) throws Exception {
    try (TestLoop loop = builder.network().open()) {
      Network network = Network.of(loop);
      network.loseDatagrams(5);
      network.reorderDatagrams(5);
      List<Integer> received = loop.run(OutageTest::exchange);
      token = loop.replayToken().toString();
      return received;
    }
  }
}
