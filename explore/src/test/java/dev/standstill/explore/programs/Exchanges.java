package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Races.check;

import dev.standstill.network.Network;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** Programs that expect too much of a network, or not. */
public final class Exchanges {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final String MESSAGE = "a message";

  private Exchanges() {}

  /** Takes what one read brings for a message. */
  public static void oneReadPerMessage(TestLoop loop) throws IOException {
    receive(false);
  }

  /** Reads until the message is there. */
  public static void asManyReadsAsItTakes(TestLoop loop) throws IOException {
    receive(true);
  }

  private static void receive(boolean readsOn) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, HERE);
        Socket client = new Socket(HERE, server.getLocalPort());
        Socket accepted = server.accept()) {
      client.getOutputStream().write(MESSAGE.getBytes());
      byte[] message = new byte[MESSAGE.length()];
      int read =
          readsOn
              ? accepted.getInputStream().readNBytes(message, 0, message.length)
              : accepted.getInputStream().read(message);
      check(read == message.length, "took a part for a message");
    }
  }

  /** Asks once, and waits for the answer. */
  public static void asksOnce(TestLoop loop) throws IOException {
    Network.of(loop).loseDatagrams(10);
    try (DatagramSocket one = new DatagramSocket(new InetSocketAddress(HERE, 0));
        DatagramSocket other = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
      one.send(new DatagramPacket(new byte[1], 1, other.getLocalSocketAddress()));
      other.setSoTimeout(1_000);
      other.receive(new DatagramPacket(new byte[1], 1));
    } catch (SocketTimeoutException e) {
      check(false, "nobody has asked");
    }
  }

  /** Takes what was sent first for what arrives first. */
  public static void firstSentIsFirstHere(TestLoop loop) throws IOException {
    Network.of(loop).latency(Duration.ofMillis(1), Duration.ofMillis(20));
    try (DatagramSocket one = new DatagramSocket(new InetSocketAddress(HERE, 0));
        DatagramSocket other = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
      one.send(new DatagramPacket(new byte[] {1}, 1, other.getLocalSocketAddress()));
      one.send(new DatagramPacket(new byte[] {2}, 1, other.getLocalSocketAddress()));
      DatagramPacket received = new DatagramPacket(new byte[1], 1);
      other.receive(received);
      check(received.getData()[0] == 1, "was overtaken");
    }
  }
}
