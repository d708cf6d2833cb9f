package dev.standstill.jdk.sockets;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code java.net.NetworkInterface}: the one host of a loop has the loopback interface and
 * no other, whatever the machine has.
 */
final class InterfaceCalls {

  private static final @Nullable NetworkInterface LOOPBACK = loopback();

  private InterfaceCalls() {}

  private static @Nullable NetworkInterface loopback() {
    try {
      return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    } catch (SocketException e) {
      return null;
    }
  }

  @SocketCalls.OfCaller
  static NetworkInterface[] getAll() {
    return LOOPBACK == null ? new NetworkInterface[0] : new NetworkInterface[] {LOOPBACK};
  }

  @SocketCalls.OfCaller
  static @Nullable NetworkInterface getByName0(String name) {
    return LOOPBACK != null && LOOPBACK.getName().equals(name) ? LOOPBACK : null;
  }

  @SocketCalls.OfCaller
  static @Nullable NetworkInterface getByIndex0(int index) {
    return LOOPBACK != null && LOOPBACK.getIndex() == index ? LOOPBACK : null;
  }

  @SocketCalls.OfCaller
  static @Nullable NetworkInterface getByInetAddress0(InetAddress address) {
    return address.isLoopbackAddress() ? LOOPBACK : null;
  }

  @SocketCalls.OfCaller
  static boolean boundInetAddress0(InetAddress address) {
    return address.isLoopbackAddress();
  }
}
