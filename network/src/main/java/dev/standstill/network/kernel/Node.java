package dev.standstill.network.kernel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A host of the network: its name, its address, which of its sockets are bound to what, and where
 * bytes are until they read them.
 */
public final class Node {

  private final World world;
  private final Nodes all;
  private final String name;
  private final InetAddress address;
  private final Bindings bindings = new Bindings(this);
  private final Buffers buffers = new Buffers();

  Node(World world, Nodes all, String name, InetAddress address) {
    this.world = world;
    this.all = all;
    this.name = name;
    this.address = address;
  }

  /** The name that others know it by. */
  public String name() {
    return name;
  }

  /** The address that others know it by. */
  public InetAddress address() {
    return address;
  }

  World world() {
    return world;
  }

  Bindings bindings() {
    return bindings;
  }

  Buffers buffers() {
    return buffers;
  }

  /** Whether it is the one that tasks are on of which nobody says where they are. */
  boolean isFirst() {
    return all.first() == this;
  }

  /** Whether an address means this host, as seen from itself. */
  boolean has(InetAddress asked) {
    return all.at(this, asked) == this;
  }

  /** The host that an address means to this one; null if it is nobody's. */
  @Nullable Node reached(InetAddress asked) {
    return all.at(this, asked);
  }

  /** The address that packets of its come from, by where they go. */
  InetAddress source(InetAddress target) {
    boolean inside = target.isLoopbackAddress() || isFirst() && has(target);
    return inside ? InetAddress.getLoopbackAddress() : address;
  }

  /** Where a packet comes from that goes to {@code target} through a socket bound so. */
  InetSocketAddress source(InetSocketAddress bound, InetSocketAddress target) {
    return bound.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(source(target.getAddress()), bound.getPort())
        : bound;
  }

  /** An address as a person writes it, as seen from this host. */
  String words(@Nullable SocketAddress at) {
    return all.words(this, at);
  }

  /** For messages. */
  @Override
  public String toString() {
    return name;
  }
}
