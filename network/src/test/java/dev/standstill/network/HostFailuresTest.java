package dev.standstill.network;

import static dev.standstill.network.TwoHosts.DELAY;
import static dev.standstill.network.TwoHosts.PORT;
import static dev.standstill.network.TwoHosts.later;
import static dev.standstill.network.TwoHosts.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.standstill.ThrowingRunnable;
import dev.standstill.network.SocketContract.Pair;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What others see of a host whose process ends, or whose machine stops and starts again. */
@EnabledOnOs(OS.LINUX)
class HostFailuresTest {

  private static Later<Long> fails(TwoHosts hosts, ThrowingRunnable action, String message)
      throws Exception {
    return hosts.timed(
        hosts.a(),
        () ->
            assertThatThrownBy(action::run)
                .isInstanceOf(SocketException.class)
                .hasMessage(message));
  }

  private static Later<Long> isReset(TwoHosts hosts, Socket socket) throws Exception {
    return fails(hosts, () -> socket.getInputStream().read(), "Connection reset");
  }

  private static void writeUntilItFails(Socket socket) throws Exception {
    while (true) {
      SocketContract.send(socket, "x");
      Thread.sleep(2);
    }
  }

  @Test
  void whoReadsFromAProcessThatEndsIsReset() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        SocketContract.send(pair.server(), "last words");
        Later<Long> read =
            hosts.timed(
                hosts.a(),
                () -> assertThat(SocketContract.read(pair.client(), 10)).isEqualTo("last words"));
        hosts.network().processEnds(hosts.b());
        assertThat(read.get()).isEqualTo(DELAY);
        assertThat(isReset(hosts, pair.client()).get()).isEqualTo(DELAY);
      }
    });
  }

  @Test
  void whoWritesToAProcessThatEndsIsReset() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        Later<Long> written =
            fails(hosts, () -> writeUntilItFails(pair.client()), "Connection reset by peer");
        Thread.sleep(5);
        hosts.network().processEnds(hosts.b());
        assertThat(written.get()).isEqualTo(5 + DELAY + 1);
      }
    });
  }

  @Test
  void whoConnectsToAProcessThatEndsIsRefused() throws Exception {
    TwoHosts.run(hosts -> {
      on(hosts.b(), () -> new ServerSocket(PORT));
      Later<Long> refused =
          hosts.timed(
              hosts.a(),
              () ->
                  assertThatThrownBy(() -> new Socket("b", PORT))
                      .isInstanceOf(ConnectException.class)
                      .hasMessageStartingWith("Connection refused: nobody listens on b:7000"));
      Thread.sleep(DELAY / 2);
      hosts.network().processEnds(hosts.b());
      assertThat(refused.get()).isEqualTo(2 * DELAY);
    });
  }

  @Test
  void whoWasNotAcceptedIsResetAndThePortIsFree() throws Exception {
    TwoHosts.run(hosts -> {
      on(hosts.b(), () -> new ServerSocket(PORT));
      Socket client = later(hosts.a(), () -> new Socket("b", PORT)).get();
      Thread.sleep(DELAY);
      hosts.restart();
      hosts.network().processEnds(hosts.b());
      try (ServerSocket server = on(hosts.b(), () -> new ServerSocket(PORT))) {
        assertThat(isReset(hosts, client).get()).isEqualTo(DELAY);
        server.setSoTimeout(1_000);
        assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
      }
    });
  }

  @Test
  void aProcessThatEndsLeavesOthersAndItsHostAlone() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect();
          Pair other = Pair.open()) {
        hosts.network().processEnds(hosts.network().add("c"));
        SocketContract.send(pair.client(), "x");
        assertThat(SocketContract.read(pair.server(), 1)).isEqualTo("x");
        hosts.network().processEnds(hosts.b());
        SocketContract.send(other.client(), "x");
        assertThat(SocketContract.read(other.server(), 1)).isEqualTo("x");
        assertThatThrownBy(() -> pair.server().getInputStream().read())
            .isInstanceOf(SocketException.class)
            .hasMessage("Socket closed");
      }
      try (Pair again = hosts.connect()) {
        SocketContract.send(again.client(), "y");
        assertThat(SocketContract.read(again.server(), 1)).isEqualTo("y");
      }
    });
  }

  @Test
  void aSelectorLearnsThatAProcessHasEnded() throws Exception {
    TwoHosts.run(hosts -> {
      on(hosts.b(), () -> new ServerSocket(PORT));
      SocketChannel channel =
          later(hosts.a(), () -> SocketChannel.open(new InetSocketAddress("b", PORT))).get();
      Later<Long> selected =
          hosts.timed(
              hosts.a(),
              () -> {
                try (Selector selector = Selector.open()) {
                  channel.configureBlocking(false);
                  channel.register(selector, SelectionKey.OP_READ);
                  assertThat(selector.select()).isOne();
                }
              });
      hosts.restart();
      hosts.network().processEnds(hosts.b());
      assertThat(selected.get()).isEqualTo(DELAY);
    });
  }

  @Test
  void whoSendsToAMachineThatIsDownTimesOutAndWhoWaitsDoesNot() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair sends = hosts.connect();
          Pair waits = hosts.connect()) {
        hosts.network().machineStops(hosts.b());
        Later<Long> timedOut =
            fails(hosts, () -> sends.client().getInputStream().read(), "Connection timed out");
        Thread.sleep(100);
        SocketContract.send(sends.client(), "x");
        assertThat(timedOut.get()).isEqualTo(100 + 924_600);
        waits.client().setSoTimeout(3_600_000);
        assertThatThrownBy(() -> waits.client().getInputStream().read())
            .isInstanceOf(SocketTimeoutException.class);
        assertThat(hosts.network()).asString().contains("[b is down since PT0.06S]");
      }
    });
  }

  @Test
  void whatIsSentAgainToAMachineThatIsBackMeetsAReset() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        SocketContract.send(pair.client(), "x");
        Thread.sleep(DELAY / 2);
        Outage down = hosts.network().machineStops(hosts.b());
        Later<Long> reset = isReset(hosts, pair.client());
        Thread.sleep(500);
        down.close();
        // Sent again after 200 ms and 600 ms; then the answer has to come back.
        assertThat(reset.get()).isEqualTo(600 + 2 * DELAY);
      }
    });
  }

  @Test
  void aFinThatIsSentAgainMeetsAReset() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        Outage down = hosts.network().machineStops(hosts.b());
        pair.client().shutdownOutput();
        Later<Long> reset = isReset(hosts, pair.client());
        Thread.sleep(100);
        down.close();
        assertThat(reset.get()).isEqualTo(200 + 2 * DELAY);
      }
    });
  }

  @Test
  void whoHasNothingOnItsWayLearnsWithTheNextWrite() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        hosts.network().machineStops(hosts.b()).close();
        Later<Long> reset = isReset(hosts, pair.client());
        Thread.sleep(3_600_000);
        assertThat(reset.isDone()).isFalse();
        SocketContract.send(pair.client(), "x");
        assertThat(reset.get()).isEqualTo(3_600_000 + 2 * DELAY);
      }
    });
  }

  @Test
  void whatAMachineHadSentBeforeItStoppedIsReadIfItHadArrived() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        SocketContract.send(pair.server(), "a");
        Thread.sleep(DELAY);
        SocketContract.send(pair.server(), "b");
        Outage down = hosts.network().machineStops(hosts.b());
        assertThat(SocketContract.read(pair.client(), 1)).isEqualTo("a");
        down.close();
        pair.client().setSoTimeout(60_000);
        assertThatThrownBy(() -> pair.client().getInputStream().read())
            .as("nobody is left who would send it again")
            .isInstanceOf(SocketTimeoutException.class);
      }
    });
  }

  @Test
  void aConnectionIsAskedForUntilTheMachineIsBackAndSomebodyListens() throws Exception {
    TwoHosts.run(hosts -> {
      Outage down = hosts.network().machineStops(hosts.b());
      Later<Long> client = hosts.timed(hosts.a(), () -> new Socket("b", PORT));
      Thread.sleep(2_000);
      down.close();
      Thread.sleep(500);
      try (ServerSocket server = on(hosts.b(), () -> new ServerSocket(PORT))) {
        assertThat(client.get()).isEqualTo(3_000 + 2 * DELAY);
        server.accept();
      }
    });
  }

  @Test
  void aMachineThatIsBackRefusesWhoAsksBeforeSomebodyListens() throws Exception {
    TwoHosts.run(hosts -> {
      on(hosts.b(), () -> new ServerSocket(PORT));
      Outage down = hosts.network().machineStops(hosts.b());
      Later<Long> refused =
          hosts.timed(
              hosts.a(),
              () ->
                  assertThatThrownBy(() -> new Socket("b", PORT))
                      .isInstanceOf(ConnectException.class));
      Thread.sleep(500);
      down.close();
      assertThat(refused.get()).isEqualTo(1_000 + 2 * DELAY);
    });
  }

  @Test
  void whoWasHalfConnectedAsksAgain() throws Exception {
    TwoHosts.run(hosts -> {
      on(hosts.b(), () -> new ServerSocket(PORT));
      Later<Long> client = hosts.timed(hosts.a(), () -> new Socket("b", PORT));
      Thread.sleep(DELAY + 1);
      Outage down = hosts.network().machineStops(hosts.b());
      Thread.sleep(100);
      down.close();
      try (ServerSocket server = on(hosts.b(), () -> new ServerSocket(PORT))) {
        assertThat(client.get()).isEqualTo(1_000 + 2 * DELAY);
        server.accept();
        assertThat(hosts.millis()).isEqualTo(1_000 + 3 * DELAY);
      }
    });
  }

  @Test
  void aHalfConnectedClientThatIsGoneTakesNoPlaceInTheBacklog() throws Exception {
    TwoHosts.run(hosts -> {
      try (ServerSocket server = on(hosts.a(), () -> new ServerSocket(PORT))) {
        later(hosts.b(), () -> new Socket("a", PORT));
        Thread.sleep(2 * DELAY + 1);
        hosts.network().machineStops(hosts.b()).close();
        server.setSoTimeout(60_000);
        assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
      }
    });
  }

  @Test
  void datagramsToAMachineThatIsDownAreLost() throws Exception {
    TwoHosts.run(hosts -> {
      on(hosts.b(), () -> new DatagramSocket(PORT));
      try (DatagramSocket client = on(hosts.a(), () -> new DatagramSocket())) {
        InetSocketAddress to = new InetSocketAddress(hosts.b().address(), PORT);
        Outage down = hosts.network().machineStops(hosts.b());
        client.send(new DatagramPacket(new byte[1], 1, to));
        down.close();
        try (DatagramSocket server = on(hosts.b(), () -> new DatagramSocket(PORT))) {
          client.send(new DatagramPacket(new byte[2], 2, to));
          DatagramPacket received = new DatagramPacket(new byte[9], 9);
          server.receive(received);
          assertThat(received.getLength()).isEqualTo(2);
          server.setSoTimeout(60_000);
          assertThatThrownBy(() -> server.receive(received))
              .isInstanceOf(SocketTimeoutException.class);
        }
      }
    });
  }

  @Test
  void aMachineMayBeDownAndCutOffAtOnce() throws Exception {
    TwoHosts.run(hosts -> {
      try (Pair pair = hosts.connect()) {
        Outage cut = hosts.network().partition(hosts.a(), hosts.b());
        SocketContract.send(pair.client(), "x");
        Outage down = hosts.network().machineStops(hosts.b());
        Later<Long> reset = isReset(hosts, pair.client());
        Thread.sleep(250);
        down.close();
        Thread.sleep(1_000);
        assertThat(reset.isDone()).isFalse();
        cut.close();
        assertThat(reset.get()).isEqualTo(1_400 + 2 * DELAY);
      }
    });
  }
}
