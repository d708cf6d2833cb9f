package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.SocketKernel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;

/** How packets leave a host: to which other one, and from which address. */
final class Routing {

  private final World world;
  private final FileTable files;
  private final Handshakes handshakes;
  private final Refusals refusals;

  Routing(World world, FileTable files, Handshakes handshakes, Refusals refusals) {
    this.world = world;
    this.files = files;
    this.handshakes = handshakes;
    this.refusals = refusals;
  }

  /** Begins to connect; returns what {@link SocketKernel#connect} does. */
  int connect(StreamSocket client, SocketAddress to) throws IOException {
    Node from = client.node();
    Node host = from;
    if (to instanceof InetSocketAddress internet) {
      host = from.reached(internet.getAddress());
      if (host == null) {
        throw new NoRouteToHostException(refusals.nobodyHas(internet));
      }
      from.bindings().bindToSend(client, internet, files.options(client.number()));
    } else {
      UnixPaths.requireExisting((UnixDomainSocketAddress) to);
    }
    handshakes.begin(client, to, host);
    return client.isConnected() ? 1 : SocketKernel.UNAVAILABLE;
  }

  /** From now on datagrams go to one address, and come from it only. */
  int connect(DatagramSocketFile socket, InetSocketAddress to) throws IOException {
    Node from = socket.node();
    from.bindings().bindToSend(socket, files.options(socket.number()));
    InetSocketAddress local = socket.local();
    if (local != null && !from.isFirst()) {
      socket.bind(from.source(local, to));
    }
    socket.connect(to);
    return 1;
  }

  /** Sends a datagram; returns how many bytes that are. */
  int send(DatagramSocketFile sender, ByteBuffer bytes, InetSocketAddress to) throws IOException {
    Node from = sender.node();
    from.bindings().bindToSend(sender, files.options(sender.number()));
    byte[] data = new byte[bytes.remaining()];
    bytes.get(data);
    Node reached = from.reached(to.getAddress());
    Node host = reached == null ? from : reached; // groups and broadcasts stay on it
    Link there = world.link(from, host);
    DatagramSocketFile receiver = host.bindings().datagrams().at(to);
    Packet packet = there.isWatched() ? note(there, sender, host, to, data) : null;
    if (receiver != null) {
      receiver.sends(data, source(sender, reached == null, to), there, packet);
    } else {
      if (packet != null) {
        packet.isLostNow();
        there.departs(packet);
      }
      if (sender.remote() != null) {
        sender.cannotReach(there, world.link(host, from));
      }
    }
    return data.length;
  }

  private static InetSocketAddress source(
      DatagramSocketFile sender, boolean isInside, InetSocketAddress to) {
    InetSocketAddress local = bound(sender);
    return isInside && local.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), local.getPort())
        : sender.node().source(local, to);
  }

  private static InetSocketAddress bound(DatagramSocketFile sender) {
    InetSocketAddress local = sender.local();
    if (local == null) {
      throw new IllegalStateException(sender.describe());
    }
    return local;
  }

  private Packet note(
      Link there, DatagramSocketFile sender, Node host, InetSocketAddress to, byte[] data) {
    Packet packet =
        new Packet(
            there,
            sender.node(),
            bound(sender).getPort(),
            host,
            to.getPort(),
            true,
            data,
            world.now());
    there.note(packet);
    return packet;
  }
}
