package dev.standstill.explore.programs;

import static dev.standstill.explore.programs.Races.check;

import dev.standstill.network.Network;
import dev.standstill.test.Property;
import dev.standstill.test.TestLoop;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Programs that get on unless the network does one thing or another, and perhaps a switch. */
public final class Datagrams {

  private static final int MANY = 20;
  private static final int NEEDED = 7;

  private Datagrams() {}

  private static final class Count {
    private volatile int value;

    void add() {
      value = value + 1;
    }
  }

  /** Fails if one of many datagrams is lost and besides two threads count at a time. */
  public static void oneIsLostAndOneNotCounted(TestLoop loop) throws Exception {
    Count count = new Count();
    boolean lost = !sendMany(loop).get(NEEDED);
    Together.run(count::add, count::add);
    int counted = count.value;
    check(!lost || counted == 2, "one is lost, and one not counted");
  }

  /** Fails if one of many datagrams is lost. */
  public static void oneIsLost(TestLoop loop) throws IOException {
    check(sendMany(loop).get(NEEDED), "one is lost");
  }

  /** Breaks a property if one of many datagrams is lost. */
  public static void aPropertyBreaks(TestLoop loop) throws IOException {
    boolean[] lost = new boolean[1];
    try (var _ = Property.always(loop, "none is lost", () -> !lost[0])) {
      lost[0] = !sendMany(loop).get(NEEDED);
      Thread.yield();
    }
  }

  /** Fails if of many datagrams three are lost that are far from each other. */
  public static void threeAreLost(TestLoop loop) throws IOException {
    BitSet received = sendMany(loop);
    check(
        received.get(0) || received.get(NEEDED) || received.get(MANY - 1),
        "the first, the last and one between are lost");
  }

  /** Fails if of many datagrams one arrives after the next. */
  public static void oneIsOvertaken(TestLoop loop) throws IOException {
    List<Integer> order = receiveMany(loop);
    int needed = order.indexOf(NEEDED);
    int next = order.indexOf(NEEDED + 1);
    check(needed < 0 || next < 0 || needed < next, "one is overtaken");
  }

  /** Fails if two threads count at a time. */
  public static void oneIsNotCounted(TestLoop loop) throws Exception {
    Count count = new Count();
    receiveMany(loop);
    Together.run(count::add, count::add);
    int counted = count.value;
    check(counted == 2, "one is not counted");
  }

  private static BitSet sendMany(TestLoop loop) throws IOException {
    BitSet received = new BitSet();
    receiveMany(loop).forEach(received::set);
    return received;
  }

  private static List<Integer> receiveMany(TestLoop loop) throws IOException {
    Network network = Network.of(loop);
    network.loseDatagrams(3);
    network.duplicateDatagrams(3);
    network.latency(Duration.ofMillis(1), Duration.ofMillis(20));
    InetAddress here = InetAddress.getLoopbackAddress();
    List<Integer> received = new ArrayList<>();
    try (DatagramSocket sender = new DatagramSocket(new InetSocketAddress(here, 5001));
        DatagramSocket receiver = new DatagramSocket(new InetSocketAddress(here, 5002))) {
      for (byte number = 0; number < MANY; number++) {
        byte[] data = {number};
        sender.send(new DatagramPacket(data, data.length, receiver.getLocalSocketAddress()));
      }
      receiver.setSoTimeout(1_000);
      DatagramPacket packet = new DatagramPacket(new byte[1], 1);
      while (true) {
        receiver.receive(packet);
        received.add((int) packet.getData()[0]);
      }
    } catch (SocketTimeoutException e) {
      return received;
    }
  }
}
