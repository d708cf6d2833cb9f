package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.SocketKernel;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** A socket for datagrams. */
final class DatagramSocketFile extends OpenFile {

  /** How many bytes may wait to be read, as on Linux by default; more are lost. */
  private static final int ROOM = 208 << 10;

  private record Datagram(
      byte[] data,
      InetSocketAddress from,
      Link link,
      long arrives,
      long number,
      @Nullable Packet packet) {

    boolean hasArrived(long now) {
      return arrives <= link.horizon(now);
    }

    Datagram arriving(long at) {
      if (packet != null) {
        packet.arrives(at);
      }
      return new Datagram(data, from, link, at, number, packet);
    }

    boolean isLost() {
      return link.isLossy() && arrives > link.blockedSince();
    }
  }

  private final PriorityQueue<Datagram> queue =
      new PriorityQueue<>(
          Comparator.comparingLong(Datagram::arrives).thenComparingLong(Datagram::number));

  private @Nullable InetSocketAddress local;
  private @Nullable InetSocketAddress remote;
  private int size;
  private long received;
  private long unreachable = NEVER;
  private boolean inputShut;

  DatagramSocketFile(Node node, int number) {
    super(node, number);
  }

  @Nullable InetSocketAddress local() {
    return local;
  }

  void bind(InetSocketAddress address) {
    local = address;
  }

  @Nullable InetSocketAddress remote() {
    return remote;
  }

  /** Null to take datagrams from everybody again. */
  void connect(@Nullable InetSocketAddress remote) {
    this.remote = remote;
    unreachable = NEVER;
  }

  void shutdownInput() {
    inputShut = true;
    changed();
  }

  /** Nobody has the port that was sent to, which a connected socket learns. */
  void cannotReach(Link there, Link back) {
    if (there.blockedSince() == NEVER && back.blockedSince() == NEVER) {
      unreachable = Math.min(unreachable, world.now() + there.delay() + back.delay());
      changed();
    }
  }

  /**
   * A datagram is sent to this socket.
   *
   * @param packet where it is noted what is sent
   */
  void sends(byte[] data, InetSocketAddress from, Link link, @Nullable Packet packet) {
    long late = packet == null ? 0 : link.judge(packet);
    long earliest = NEVER;
    int sent =
        late == Link.DROPPED ? 0 : link.copies(Addresses.shown(from), Addresses.shown(local));
    for (int copies = sent; copies > 0; copies--) {
      long arrives = world.now() + link.delay() + link.lateness() + late;
      if ((remote == null || remote.equals(from)) && size + data.length <= ROOM) {
        earliest = Math.min(earliest, arrives);
        add(new Datagram(data, from, link, arrives, received++, packet));
      }
    }
    if (packet != null) {
      packet.arrives(earliest);
      if (earliest == NEVER) {
        packet.isLostNow();
      }
      link.departs(packet);
    }
    changed();
  }

  /** The first that has arrived or will; those before that are lost are taken away. */
  private @Nullable Datagram first() {
    Datagram first = queue.peek();
    while (first != null && first.isLost()) {
      lose(remove());
      first = queue.peek();
    }
    return first;
  }

  private Datagram remove() {
    Datagram removed = queue.remove();
    size -= removed.data().length;
    return removed;
  }

  @Override
  void settle() {
    List<Datagram> all = List.copyOf(queue);
    queue.clear();
    size = 0;
    for (Datagram datagram : all) {
      if (datagram.isLost()) {
        lose(datagram);
      } else {
        add(datagram);
      }
    }
  }

  private static void lose(Datagram datagram) {
    if (datagram.packet() != null) {
      datagram.packet().isLostNow();
    }
  }

  @Override
  void closed() {
    for (Datagram datagram : queue) {
      if (!datagram.hasArrived(world.now())) {
        lose(datagram);
      }
    }
  }

  private void add(Datagram datagram) {
    queue.add(datagram);
    size += datagram.data().length;
  }

  @Override
  void reopens(Reopening reopening) {
    List<Datagram> all = List.copyOf(queue);
    queue.clear();
    for (Datagram datagram : all) {
      boolean held =
          datagram.link() == reopening.link() && !reopening.hasArrived(datagram.arrives());
      queue.add(held ? datagram.arriving(Math.max(datagram.arrives(), reopening.now())) : datagram);
    }
  }

  /** Reads a datagram, of which too long an end is lost; returns its sender, or null if none. */
  @Nullable InetSocketAddress receive(ByteBuffer into) throws PortUnreachableException {
    long now = world.now();
    if (unreachable <= now) {
      unreachable = NEVER;
      throw new PortUnreachableException();
    }
    Datagram first = first();
    if (first == null || !first.hasArrived(now)) {
      return null;
    }
    remove();
    into.put(first.data(), 0, Math.min(first.data().length, into.remaining()));
    return first.from();
  }

  boolean isInputShut() {
    return inputShut;
  }

  int available() {
    Datagram first = first();
    return first == null || !first.hasArrived(world.now()) ? 0 : first.data().length;
  }

  @Override
  int events() {
    long now = world.now();
    Datagram first = first();
    boolean readable = inputShut || first != null && first.hasArrived(now);
    return SocketKernel.OUT
        | (readable ? SocketKernel.IN : 0)
        | (unreachable <= now ? SocketKernel.ERR : 0);
  }

  @Override
  long changesAt() {
    long now = world.now();
    Datagram first = first();
    long next =
        first != null && first.arrives() > now && first.link().blockedSince() == NEVER
            ? first.arrives()
            : NEVER;
    return unreachable > now ? Math.min(next, unreachable) : next;
  }

  @Override
  String describe() {
    Node other = remote == null ? null : node().reached(remote.getAddress());
    String outages = world.link(other == null ? node() : other, node()).outages();
    return "a datagram socket at %s%s"
        .formatted(
            node().words(local), outages.isEmpty() ? "" : ", where nothing arrives: " + outages);
  }
}
