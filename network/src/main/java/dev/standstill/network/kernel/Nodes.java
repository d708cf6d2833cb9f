package dev.standstill.network.kernel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The hosts of a network, by name and by address. The first is where the test is; it stands for the
 * machine, and has its addresses, as long as it is asked there. Loop-confined.
 */
public final class Nodes {

  /** What the others call the first. */
  private static final String FIRST = "test";

  private static final int MOST = 1 << 16;

  private final World world;
  private final Node first;
  private final Map<String, Node> byName = new HashMap<>();
  private final Map<InetAddress, Node> byAddress = new HashMap<>();
  private final List<Node> all = new ArrayList<>();

  /** A network of one host. */
  public Nodes(World world) {
    this.world = world;
    this.first = new Node(world, this, FIRST, address(0));
    all.add(first);
  }

  /** The one that tasks are on of which nobody says where they are. */
  public Node first() {
    return first;
  }

  /** All, in the order in which they were added. */
  public List<Node> all() {
    return List.copyOf(all);
  }

  /**
   * Adds a host, with the next address.
   *
   * @throws IllegalArgumentException if the name cannot be one, or is another's
   */
  public Node add(String name) {
    if (!name.matches("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?") || name.matches("[0-9.]+")) {
      throw new IllegalArgumentException(
          "\"%s\" cannot be the name of a host: use letters, digits, - and dots, and a letter at least."
              .formatted(name));
    }
    if (Addresses.isName(name) || name.equalsIgnoreCase(FIRST) || byName.containsKey(key(name))) {
      throw new IllegalArgumentException(
          "There is a host \"%s\" on the network of loop \"%s\": give the new one another name."
              .formatted(name, world.name()));
    }
    if (all.size() == MOST) {
      throw new IllegalStateException("A network has %d hosts at the most.".formatted(MOST));
    }
    if (all.size() == 1) {
      enter(first);
    }
    Node added = new Node(world, this, name, address(all.size()));
    all.add(added);
    enter(added);
    return added;
  }

  private void enter(Node node) {
    byName.put(key(node.name()), node);
    byAddress.put(node.address(), node);
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** From 10.0.0.1 on. */
  private static InetAddress address(int index) {
    int number = index + 1;
    return of(null, new byte[] {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
  }

  private static InetAddress of(@Nullable String name, byte[] address) {
    try {
      return InetAddress.getByAddress(name, address);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The host that an address means to another one; null if it is nobody's. */
  @Nullable Node at(Node from, InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return from;
    }
    Node found = byAddress.get(address);
    return found == null && from == first && Addresses.isMachines(address) ? first : found;
  }

  /** Whether the machine is to be asked which addresses a name stands for. */
  boolean isMachines(Node from, String name) {
    return from == first ? Addresses.isName(name) : Addresses.isNameOfLoopback(name);
  }

  /** The address that a name stands for, with that name; null if it is nobody's. */
  @Nullable InetAddress named(String name) {
    Node found = byName.get(key(name));
    if (found == null && Addresses.isName(name)) {
      found = first;
    }
    return found == null ? null : of(name, found.address().getAddress());
  }

  /** The name of the host that has an address; null if none has, or the machine knows. */
  @Nullable String nameOf(InetAddress address) {
    Node found = byAddress.get(address);
    return found == null ? null : found.name();
  }

  /** The host's own address, with its name; null if it is what the machine says. */
  @Nullable InetAddress own(Node node) {
    return node == first ? null : of(node.name(), node.address().getAddress());
  }

  /** An address as a person writes it, as seen from a host. */
  String words(Node from, @Nullable SocketAddress address) {
    if (!(address instanceof InetSocketAddress internet)) {
      return Addresses.words(address);
    }
    InetAddress at = internet.getAddress();
    Node host = from != first && at.isAnyLocalAddress() ? from : byAddress.get(at);
    if (host != null) {
      return host.name() + ":" + internet.getPort();
    }
    return from != first && at.isLoopbackAddress()
        ? "%s of %s".formatted(Addresses.words(address), from.name())
        : Addresses.words(address);
  }
}
