package dev.standstill.network.kernel;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who has which address, of one kind of socket. */
final class Ports<S extends OpenFile> {

  private static final int FIRST_FREE = 49_152;
  private static final int LAST_FREE = 65_535;

  private record Bound<S>(S socket, SocketAddress address) {}

  private final Map<Object, List<Bound<S>>> byPort = new HashMap<>();
  private int next = FIRST_FREE;

  /** Gives a socket an address, of which port 0 means any that is free; returns the address. */
  SocketAddress bind(S socket, SocketAddress wanted, boolean shared) throws BindException {
    SocketAddress address = wanted;
    if (wanted instanceof InetSocketAddress internet && internet.getPort() == 0) {
      address = new InetSocketAddress(internet.getAddress(), freePort());
    } else if (!shared && find(wanted, true) != null) {
      throw new BindException("Address already in use");
    }
    byPort
        .computeIfAbsent(key(address), key -> new ArrayList<>())
        .add(new Bound<>(socket, address));
    return address;
  }

  private int freePort() throws BindException {
    for (int tried = FIRST_FREE; tried <= LAST_FREE; tried++) {
      int port = next;
      next = next == LAST_FREE ? FIRST_FREE : next + 1;
      if (!byPort.containsKey(port)) {
        return port;
      }
    }
    throw new BindException("All ports from %d on are in use".formatted(FIRST_FREE));
  }

  /** Takes back the address of a socket. */
  void release(S socket, @Nullable SocketAddress address) {
    List<Bound<S>> bound = address == null ? null : byPort.get(key(address));
    if (address != null && bound != null) { // a socket that was accepted is not bound
      bound.removeIf(one -> one.socket() == socket);
      if (bound.isEmpty()) {
        byPort.remove(key(address));
      }
    }
  }

  /** The socket that gets what is sent to an address, or null. */
  @Nullable S at(SocketAddress address) {
    return find(address, false);
  }

  private @Nullable S find(SocketAddress address, boolean bothWays) {
    S found = null;
    for (Bound<S> one : byPort.getOrDefault(key(address), List.of())) {
      if (reaches(one.address(), address) || bothWays && reaches(address, one.address())) {
        found = one.socket();
      }
    }
    return found;
  }

  private static boolean reaches(SocketAddress bound, SocketAddress target) {
    return bound instanceof InetSocketAddress from && target instanceof InetSocketAddress to
        ? Addresses.reaches(from, to)
        : bound.equals(target);
  }

  private static Object key(SocketAddress address) {
    return address instanceof InetSocketAddress internet ? (Object) internet.getPort() : address;
  }
}
