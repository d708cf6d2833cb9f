package dev.standstill.network;

import static dev.standstill.network.TwoHosts.DELAY;
import static dev.standstill.network.TwoHosts.PORT;
import static dev.standstill.network.TwoHosts.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.network.SocketContract.Pair;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Rules decide what becomes of messages, and it is remembered what has. */
@EnabledOnOs(OS.LINUX)
class RulesTest {

  private static void send(TwoHosts hosts, DatagramSocket from, String text) throws Exception {
    byte[] data = text.getBytes();
    from.send(
        new DatagramPacket(data, data.length, new InetSocketAddress(hosts.b().address(), PORT)));
  }

  private static List<String> received(DatagramSocket socket) throws Exception {
    List<String> received = new ArrayList<>();
    socket.setSoTimeout(1_000);
    try {
      while (true) {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        received.add(new String(packet.getData(), 0, packet.getLength()));
      }
    } catch (SocketTimeoutException e) {
      return received;
    }
  }

  @Test
  void aDatagramThatIsDroppedIsLost() throws Exception {
    TwoHosts.run(hosts -> {
      try (DatagramSocket one = on(hosts.a(), () -> new DatagramSocket(PORT));
          DatagramSocket other = on(hosts.b(), () -> new DatagramSocket(PORT))) {
        InstalledRule rule =
            hosts
                .network()
                .rule(message ->
                    message.isUdp() && message.bytes() == 1 ? Verdict.DROP : Verdict.PASS);
        send(hosts, one, "a");
        send(hosts, one, "bb");
        rule.close();
        send(hosts, one, "c");
        assertThat(received(other)).containsExactly("bb", "c");
        assertThat(hosts.network().messages())
            .extracting(Message::toString)
            .containsExactly(
                "a:7000 -> b:7000, UDP, 1 bytes, sent at PT0S, lost",
                "a:7000 -> b:7000, UDP, 2 bytes, sent at PT0S, delivered at PT0.01S",
                "a:7000 -> b:7000, UDP, 1 bytes, sent at PT0S, delivered at PT0.01S");
      }
    });
  }

  @Test
  void whatIsDroppedOfAConnectionIsSentAgain() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        List<Long> asked = new ArrayList<>();
        hosts
            .network()
            .rule(message -> {
              if (message.payload()[0] != 'x') {
                return Verdict.PASS;
              }
              asked.add(hosts.millis());
              return asked.size() < 4 ? Verdict.DROP : Verdict.PASS;
            });
        Later<Long> read =
            hosts.timed(
                hosts.b(), () -> assertThat(SocketContract.read(pair.server(), 2)).isEqualTo("xy"));
        SocketContract.send(pair.client(), "x");
        Thread.sleep(100);
        SocketContract.send(pair.client(), "y");
        SocketContract.send(pair.server(), "z");
        assertThat(SocketContract.read(pair.client(), 1)).isEqualTo("z");
        assertThat(hosts.millis()).as("the other way").isEqualTo(100 + DELAY);
        assertThat(hosts.network().messages().getFirst().isOnItsWay()).isTrue();
        assertThat(read.get()).isEqualTo(1_400 + DELAY);
        assertThat(asked).containsExactly(0L, 200L, 600L, 1_400L);
        assertThat(hosts.network().messages())
            .extracting(message -> message.delivered().orElseThrow().minus(message.sent()))
            .containsExactly(
                Duration.ofMillis(1_400 + DELAY),
                Duration.ofMillis(1_300 + DELAY),
                Duration.ofMillis(DELAY));
      }
    });
  }

  @Test
  void aConnectionOfWhichAllIsDroppedTimesOut() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        List<Long> asked = new ArrayList<>();
        hosts
            .network()
            .rule(message -> {
              asked.add(hosts.millis());
              return Verdict.DROP;
            });
        Later<Integer> read = Later.of(() -> pair.server().getInputStream().read());
        SocketContract.send(pair.client(), "x");
        assertThatThrownBy(() -> pair.client().getInputStream().read())
            .isInstanceOf(SocketException.class)
            .hasMessage("Connection timed out");
        assertThat(hosts.millis()).isEqualTo(924_600);
        assertThat(asked).hasSize(16).startsWith(0L, 200L, 600L).endsWith(684_600L, 804_600L);
        assertThat(hosts.network().messages().getFirst().isLost()).isTrue();
        assertThat(read.isDone()).isFalse();
      }
    });
  }

  @Test
  void whatIsDroppedIsSentAgainAfterACut() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        List<Long> asked = new ArrayList<>();
        hosts
            .network()
            .rule(message -> {
              asked.add(hosts.millis());
              return asked.size() < 2 ? Verdict.DROP : Verdict.PASS;
            });
        Later<Long> read =
            hosts.timed(
                hosts.b(), () -> assertThat(SocketContract.read(pair.server(), 1)).isEqualTo("x"));
        SocketContract.send(pair.client(), "x");
        Thread.sleep(100);
        try (Outage cut = hosts.network().cut(hosts.a(), hosts.b())) {
          Thread.sleep(600);
          assertThat(cut.isOver()).isFalse();
        }
        assertThat(read.get()).isEqualTo(1_400 + DELAY);
        assertThat(asked).as("nobody is asked of what is lost anyway").containsExactly(0L, 1_400L);
      }
    });
  }

  @Test
  void whatIsDelayedIsLate() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        InstalledRule slow = hosts.network().rule(message -> Verdict.delay(Duration.ofMillis(90)));
        SocketContract.send(pair.client(), "x");
        slow.close();
        SocketContract.send(pair.client(), "y");
        assertThat(SocketContract.read(pair.server(), 2)).isEqualTo("xy");
        assertThat(hosts.millis()).isEqualTo(90 + DELAY);
      }
      assertThatThrownBy(() -> Verdict.delay(Duration.ofMillis(-1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("A message cannot be late by PT-0.001S: that is negative.");
    });
  }

  @Test
  void theFirstRuleThatDoesNotPassDecides() throws Exception {
    TwoHosts.run(hosts -> {
      try (DatagramSocket one = on(hosts.a(), () -> new DatagramSocket(PORT));
          DatagramSocket other = on(hosts.b(), () -> new DatagramSocket(PORT))) {
        hosts.network().rule(message -> Verdict.PASS);
        hosts
            .network()
            .rule(message ->
                message.bytes() == 1 ? Verdict.delay(Duration.ofMillis(500)) : Verdict.PASS);
        hosts.network().rule(message -> Verdict.DROP);
        send(hosts, one, "a");
        send(hosts, one, "bb");
        assertThat(received(other)).containsExactly("a");
        assertThat(hosts.millis()).isEqualTo(500 + DELAY + 1_000);
      }
    });
  }

  @Test
  void aMessageTellsWhatItWas() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        SocketContract.send(pair.client(), "hello");
        Message message = hosts.network().messages().getFirst();
        assertThat(message.from()).isEqualTo("a");
        assertThat(message.to()).isEqualTo("b");
        assertThat(message.fromPort()).isEqualTo(pair.client().getLocalPort());
        assertThat(message.toPort()).isEqualTo(PORT);
        assertThat(message.isUdp()).isFalse();
        assertThat(message.bytes()).isEqualTo(5);
        assertThat(message.payload()).asString().isEqualTo("hello");
        message.payload()[0] = 'j';
        assertThat(message.payload()).asString().isEqualTo("hello");
        assertThat(message.sent()).isEqualTo(Duration.ofMillis(3 * DELAY));
        assertThat(message.isOnItsWay()).isTrue();
        Thread.sleep(DELAY);
        assertThat(message.isOnItsWay()).as("as it was").isTrue();
        assertThat(hosts.network().messages().getFirst().delivered())
            .contains(Duration.ofMillis(4 * DELAY));
      }
    });
  }

  @Test
  void whatWasOnItsWayWhenAConnectionEndedIsLost() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        SocketContract.send(pair.client(), "arrives");
        Thread.sleep(DELAY);
        SocketContract.send(pair.client(), "does not");
        hosts.network().processEnds(hosts.b());
        assertThat(hosts.network().messages())
            .extracting(Message::isLost)
            .containsExactly(false, true);
      }
    });
  }

  @Test
  void datagramsToNobodyAreLost() throws Exception {
    TwoHosts.run(hosts -> {
      try (DatagramSocket one = on(hosts.a(), () -> new DatagramSocket(PORT))) {
        send(hosts, one, "x");
        assertThat(hosts.network().messages()).extracting(Message::isLost).containsExactly(true);
      }
    });
  }

  @Test
  void theOldestMessagesAreForgotten() throws Exception {
    TwoHosts.run(hosts -> {
      try (DatagramSocket one = on(hosts.a(), () -> new DatagramSocket(PORT))) {
        for (int i = 0; i < Traffic.MOST + 5; i++) {
          send(hosts, one, String.valueOf(i));
        }
        assertThat(hosts.network().messages())
            .hasSize(10_000)
            .first()
            .satisfies(first -> assertThat(first.payload()).asString().isEqualTo("5"));
      }
    });
  }

  @Test
  void aRuleAlsoDecidesWhereAllAreOnOneHostButNothingIsRemembered() throws Exception {
    TwoHosts.run(hosts -> {
      try (DatagramSocket one = new DatagramSocket();
          DatagramSocket other = new DatagramSocket(SocketContract.anyPort())) {
        hosts
            .network()
            .rule(message -> message.from().equals(message.to()) ? Verdict.DROP : Verdict.PASS);
        one.send(new DatagramPacket(new byte[1], 1, other.getLocalSocketAddress()));
        assertThat(received(other)).isEmpty();
        assertThat(hosts.network().messages()).isEmpty();
      }
    });
  }
}
