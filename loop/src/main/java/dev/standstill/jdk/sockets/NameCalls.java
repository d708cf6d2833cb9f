package dev.standstill.jdk.sockets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Objects;

/** Answers {@code java.net.InetAddress}, before it looks into its cache. */
final class NameCalls {

  private NameCalls() {}

  @SocketCalls.OfName
  static InetAddress[] getAllByName0(String name, boolean cached) throws UnknownHostException {
    return new InetAddress[] {Kernels.callers().resolve(name)};
  }

  @SocketCalls.OfAddress
  static String getHostFromNameService(InetAddress address) {
    return Objects.requireNonNull(Kernels.callers().nameOf(address));
  }
}
