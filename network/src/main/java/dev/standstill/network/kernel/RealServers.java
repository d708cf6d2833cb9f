package dev.standstill.network.kernel;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;

/** Which servers of the machine's network tasks may reach. Any thread may call. */
public final class RealServers {

  private record Server(String host, int port) {}

  private final Set<Server> servers = new CopyOnWriteArraySet<>();

  /**
   * @param servers host and port of each
   */
  public RealServers(List<String> servers) {
    servers.forEach(this::allow);
  }

  /** Allows one more, given as host and port. */
  public void allow(String server) {
    int colon = server.lastIndexOf(':');
    servers.add(
        new Server(server.substring(0, colon), Integer.parseInt(server.substring(colon + 1))));
  }

  boolean hasHost(String name) {
    return servers.stream().anyMatch(server -> server.host().equalsIgnoreCase(name));
  }

  /** An address may be known by its name, as it was looked up, or by its number. */
  boolean allows(InetSocketAddress address) {
    return servers.stream()
        .anyMatch(server ->
            server.port() == address.getPort() && isOf(server.host(), address.getAddress()));
  }

  private static boolean isOf(String host, InetAddress address) {
    return host.equalsIgnoreCase(address.getHostAddress())
        || host.equalsIgnoreCase(knownName(address))
        || host.equalsIgnoreCase("localhost") && address.isLoopbackAddress();
  }

  /** The name that an address was made with, which its text begins with; nobody is asked. */
  private static String knownName(InetAddress address) {
    String text = address.toString();
    return text.substring(0, text.indexOf('/'));
  }
}
