package dev.standstill.network;

import static dev.standstill.network.TwoHosts.DELAY;
import static dev.standstill.network.TwoHosts.PORT;
import static dev.standstill.network.TwoHosts.later;
import static dev.standstill.network.TwoHosts.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.network.SocketContract.Pair;
import dev.standstill.network.kernel.Node;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.Leaks;
import dev.standstill.test.TestLoop;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What a test does to what connects two hosts, in one direction or both. */
@EnabledOnOs(OS.LINUX)
class LinksTest {

  private static Later<Long> reads(TwoHosts hosts, Node node, Socket socket, String expected)
      throws Exception {
    return hosts.timed(
        node, () -> assertThat(SocketContract.read(socket, expected.length())).isEqualTo(expected));
  }

  @Test
  void aSlowLinkIsSlowInItsDirection() throws Exception {
    TwoHosts.run(hosts -> {
      Duration slow = Duration.ofMillis(100);
      hosts.network().latency(hosts.a(), hosts.b(), slow, slow);
      hosts.network().latency(Duration.ofMillis(20));
      try (ServerSocket server = on(hosts.b(), () -> new ServerSocket(PORT));
          Socket client = later(hosts.a(), () -> new Socket("b", PORT)).get()) {
        assertThat(hosts.millis()).isEqualTo(100 + 20);
        Socket accepted = server.accept();
        hosts.restart();
        Later<Long> there = reads(hosts, hosts.b(), accepted, "x");
        Later<Long> back = reads(hosts, hosts.a(), client, "y");
        SocketContract.send(client, "x");
        SocketContract.send(accepted, "y");
        assertThat(there.get()).isEqualTo(100);
        assertThat(back.get()).isEqualTo(20);
      }
    });
  }

  @Test
  void aCutOneWayLosesWhatGoesThatWay() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        Outage cut = hosts.network().cut(hosts.a(), hosts.b());
        Later<Long> there = reads(hosts, hosts.b(), pair.server(), "x");
        Later<Long> back = reads(hosts, hosts.a(), pair.client(), "y");
        SocketContract.send(pair.client(), "x");
        SocketContract.send(pair.server(), "y");
        assertThat(back.get()).isEqualTo(DELAY);
        Thread.sleep(500 - DELAY);
        assertThat(there.isDone()).isFalse();
        assertThat(hosts.network())
            .hasToString("network of loop \"test\": [a -> b is cut since PT0.03S]");
        cut.close();
        assertThat(there.get()).isEqualTo(600 + DELAY);
      }
    });
  }

  @Test
  void whoseDataArrivesButIsNotAcknowledgedTimesOut() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect();
          Outage cut = hosts.network().cut(hosts.b(), hosts.a())) {
        Later<Long> there = reads(hosts, hosts.b(), pair.server(), "x");
        Thread.sleep(100);
        SocketContract.send(pair.client(), "x");
        assertThat(there.get()).isEqualTo(100 + DELAY);
        assertThatThrownBy(() -> pair.client().getInputStream().read())
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection timed out");
        assertThat(hosts.millis()).isEqualTo(100 + 924_600);
        assertThat(cut.isOver()).isFalse();
      }
    });
  }

  @Test
  void anAnswerThatIsCutOffIsAskedForAgain() throws Exception {
    TwoHosts.run(hosts -> {
      try (ServerSocket server = on(hosts.b(), () -> new ServerSocket(PORT))) {
        Outage cut = hosts.network().cut(hosts.b(), hosts.a());
        Later<Long> client = hosts.timed(hosts.a(), () -> new Socket("b", PORT));
        Thread.sleep(2_500);
        assertThat(client.isDone()).isFalse();
        cut.close();
        assertThat(client.get()).isEqualTo(3_000 + 2 * DELAY);
        server.accept();
        assertThat(hosts.millis()).isEqualTo(3_000 + 3 * DELAY);
      }
    });
  }

  @Test
  void aHoldOneWayLetsGoWhatWentThatWay() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        Outage hold = hosts.network().hold(hosts.a(), hosts.b());
        Later<Long> there = reads(hosts, hosts.b(), pair.server(), "ab");
        Later<Long> back = reads(hosts, hosts.a(), pair.client(), "y");
        SocketContract.send(pair.client(), "a");
        SocketContract.send(pair.server(), "y");
        assertThat(back.get()).isEqualTo(DELAY);
        Thread.sleep(3_000 - DELAY);
        SocketContract.send(pair.client(), "b");
        hold.close();
        assertThat(there.get()).isEqualTo(3_000 + DELAY);
        assertThat(hold).hasToString("a -> b is held since PT0.03S, over");
      }
    });
  }

  @Test
  void aPartitionCutsBothWaysAndLeavesOthersAlone() throws Exception {
    TwoHosts.run(hosts -> {
      Node c = hosts.network().add("c");
      try (ServerSocket server = on(hosts.b(), () -> new ServerSocket(PORT));
          Outage cut = hosts.network().partitionNodes(List.of(hosts.a(), c), List.of(hosts.b()))) {
        assertThat(cut).hasToString("a, c <-> b is cut since PT0S");
        Later<Socket> lost = later(c, () -> new Socket("b", PORT));
        Socket client = new Socket("b", PORT);
        assertThat(hosts.millis()).as("from the test").isEqualTo(2 * DELAY);
        server.accept();
        assertThat(lost.failure())
            .isInstanceOf(ConnectException.class)
            .hasMessage("Connection timed out");
        assertThat(hosts.millis()).isEqualTo(127_000);
        client.close();
        hosts.restart();
        try (ServerSocket ofC = on(c, () -> new ServerSocket(PORT))) {
          later(hosts.a(), () -> new Socket("c", PORT)).get();
          assertThat(hosts.millis()).as("on the same side").isEqualTo(2 * DELAY);
          assertThat(ofC.accept().getInetAddress()).isEqualTo(hosts.a().address());
        }
      }
    });
  }

  @Test
  void outagesOfOneLinkOverlap() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        Outage oneWay = hosts.network().cut(hosts.a(), hosts.b());
        Outage bothWays = hosts.network().partition(hosts.a(), hosts.b());
        Outage all = hosts.network().hold();
        Later<Long> there = reads(hosts, hosts.b(), pair.server(), "x");
        Later<Long> back = reads(hosts, hosts.a(), pair.client(), "y");
        SocketContract.send(pair.client(), "x");
        SocketContract.send(pair.server(), "y");
        Thread.sleep(100);
        bothWays.close();
        Thread.sleep(100);
        all.close();
        assertThat(back.get()).as("lost, and sent again after 200 ms").isEqualTo(200 + DELAY);
        Thread.sleep(490);
        oneWay.close();
        assertThat(there.get()).as("sent again after 1.4 s").isEqualTo(1_400 + DELAY);
      }
    });
  }

  @Test
  void anOutageOfAllCountsForHostsThatAreAddedLater() throws Exception {
    TwoHosts.run(hosts -> {
      Outage cut = hosts.network().cut();
      Node c = hosts.network().add("c");
      try (ServerSocket server = on(c, () -> new ServerSocket(PORT))) {
        Later<Long> client = hosts.timed(hosts.a(), () -> new Socket("c", PORT));
        Thread.sleep(5_000);
        cut.close();
        assertThat(client.get()).isEqualTo(7_000 + 2 * DELAY);
        server.accept();
      }
    });
  }

  @Test
  void datagramsAreLostOneWay() throws Exception {
    TwoHosts.run(hosts -> {
      try (DatagramSocket one = on(hosts.a(), () -> new DatagramSocket(PORT));
          DatagramSocket other = on(hosts.b(), () -> new DatagramSocket(PORT))) {
        Outage cut = hosts.network().cut(hosts.a(), hosts.b());
        one.send(datagram(hosts.b()));
        other.send(datagram(hosts.a()));
        one.receive(new DatagramPacket(new byte[1], 1));
        assertThat(hosts.millis()).isEqualTo(DELAY);
        other.setSoTimeout(1_000);
        assertThatThrownBy(() -> other.receive(new DatagramPacket(new byte[1], 1)))
            .isInstanceOf(SocketTimeoutException.class);
        cut.close();
        one.send(datagram(hosts.b()));
        other.receive(new DatagramPacket(new byte[1], 1));
        assertThat(hosts.millis()).isEqualTo(1_000 + 2 * DELAY);
      }
    });
  }

  private static DatagramPacket datagram(Node to) {
    return new DatagramPacket(new byte[1], 1, new InetSocketAddress(to.address(), PORT));
  }

  @Test
  void whoWaitsForACutLinkIsToldWhichInTheReport() throws Exception {
    try (TestLoop loop = TestLoop.builder().network().leaks(Leaks.IGNORE).open()) {
      Network network = Network.of(loop);
      Node a = network.add("a");
      Node b = network.add("b");
      assertThatThrownBy(() ->
              loop.run(() -> {
                ServerSocket server = on(b, () -> new ServerSocket(PORT));
                Socket client = on(a, () -> new Socket("b", PORT));
                network.hold(b, a);
                server.accept();
                return client.getInputStream().read();
              }))
          .isInstanceOf(DeadlockException.class)
          .hasMessageContaining(
              "a socket from a:49152 to b:7000, where nothing arrives: b -> a is held since PT0S");
    }
  }

  @Test
  void whatCannotBeCutIsRefused() throws Exception {
    TwoHosts.run(hosts -> {
      assertThatThrownBy(() -> hosts.network().cut(hosts.a(), hosts.a()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Host \"a\" needs no network to reach itself: name two hosts.");
      assertThatThrownBy(() ->
              hosts.network().partitionNodes(List.of(hosts.a(), hosts.b()), List.of(hosts.b())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Host \"b\" cannot be on both sides of a partition.");
    });
  }
}
