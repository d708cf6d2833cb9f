package dev.standstill.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Round trips of a message over loopback, with one message under way on each of some connections.
 * One thread is the client, the same for every server.
 */
final class EchoClient {

  static final int MESSAGE_BYTES = 64;

  private static final String HEAP = "-Xmx1g";

  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(MESSAGE_BYTES);
  private long roundTrips;

  private EchoClient() throws IOException {}

  /** Nanoseconds per round trip, of all connections together, measured in a JVM of its own. */
  static Measurement with(int connections) {
    return (contestant, effort) ->
        OwnJvm.measure(
            contestant,
            EchoClient.class,
            HEAP,
            connections,
            effort.iterations() * effort.iteration().convertTo(TimeUnit.NANOSECONDS));
  }

  /**
   * Measures the server of contestant {@code args[0]} with {@code args[1]} connections for {@code
   * args[2]} nanoseconds, after as many to warm up, and prints the nanoseconds per round trip.
   */
  static void main(String[] args) throws Exception {
    int port = EchoServer.start(Contestant.valueOf(args[0]));
    long nanos = Long.parseLong(args[2]);
    EchoClient client = new EchoClient();
    client.connect(port, Integer.parseInt(args[1]));
    client.measure(nanos);
    System.out.println(client.measure(nanos));
    System.exit(0);
  }

  private void connect(int port, int connections) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    List<SocketChannel> channels = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      SocketChannel channel = SocketChannel.open(address);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new int[1]);
      channels.add(channel);
    }
    for (SocketChannel channel : channels) {
      send(channel);
    }
  }

  private double measure(long nanos) throws IOException {
    long start = System.nanoTime();
    long before = roundTrips;
    while (System.nanoTime() - start < nanos) {
      selector.select(this::receive);
    }
    return (double) (System.nanoTime() - start) / (roundTrips - before);
  }

  /** A message may come in pieces; the attachment counts what has come of it. */
  private void receive(SelectionKey key) {
    int[] received = (int[]) key.attachment();
    SocketChannel channel = (SocketChannel) key.channel();
    try {
      buffer.clear().limit(MESSAGE_BYTES - received[0]);
      received[0] += channel.read(buffer);
      if (received[0] == MESSAGE_BYTES) {
        received[0] = 0;
        roundTrips++;
        send(channel);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** 64 bytes always fit into the buffer of a socket from which all has been read. */
  private void send(SocketChannel channel) throws IOException {
    buffer.clear();
    channel.write(buffer);
  }
}
