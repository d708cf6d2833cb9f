package dev.standstill.jdk.sockets;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Answers {@code java.net.InetAddress}, before it looks into its cache. */
final class NameCalls {

  private NameCalls() {}

  @SocketCalls.OfName
  static InetAddress[] getAllByName0(String name, boolean cached) throws UnknownHostException {
    throw new UnknownHostException(Kernels.callers().whyUnknown(name));
  }
}
