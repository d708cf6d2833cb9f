package dev.standstill.jdk.sockets;

import dev.standstill.jdk.SocketAccess;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code java.net.NetworkInterface}: a host of a loop has the loopback interface, whatever
 * the machine has, and one with its address, unless it stands for the machine.
 */
final class InterfaceCalls {

  /** The name and number of the interface with a host's address; none of the machine's. */
  private static final String MADE = "eth0";

  static final int MADE_INDEX = 1 << 20;

  private static final int BYTES_OF_PACKET = 1500;

  private static final @Nullable NetworkInterface LOOPBACK = loopback();

  private InterfaceCalls() {}

  private static @Nullable NetworkInterface loopback() {
    try {
      return NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
    } catch (SocketException e) {
      return null;
    }
  }

  private static Stream<NetworkInterface> all() {
    InetAddress own = Kernels.localHost();
    Stream<NetworkInterface> made =
        own == null
            ? Stream.empty()
            : Stream.of(SocketAccess.networkInterface(MADE, MADE_INDEX, own));
    return Stream.concat(Stream.ofNullable(LOOPBACK), made);
  }

  private static @Nullable NetworkInterface first(Predicate<NetworkInterface> wanted) {
    return all().filter(wanted).findFirst().orElse(null);
  }

  private static boolean has(NetworkInterface one, InetAddress address) {
    return address.isLoopbackAddress()
        ? one == LOOPBACK
        : one != LOOPBACK && one.inetAddresses().anyMatch(address::equals);
  }

  @SocketCalls.OfCaller
  static NetworkInterface[] getAll() {
    return all().toArray(NetworkInterface[]::new);
  }

  @SocketCalls.OfCaller
  static @Nullable NetworkInterface getByName0(String name) {
    return first(one -> one.getName().equals(name));
  }

  @SocketCalls.OfCaller
  static @Nullable NetworkInterface getByIndex0(int index) {
    return first(one -> one.getIndex() == index);
  }

  @SocketCalls.OfCaller
  static @Nullable NetworkInterface getByInetAddress0(InetAddress address) {
    return first(one -> has(one, address));
  }

  @SocketCalls.OfCaller
  static boolean boundInetAddress0(InetAddress address) {
    return getByInetAddress0(address) != null;
  }

  @SocketCalls.OfInterface
  static boolean isUp0(String name, int index) {
    return true;
  }

  @SocketCalls.OfInterface
  static boolean isLoopback0(String name, int index) {
    return false;
  }

  @SocketCalls.OfInterface
  static boolean supportsMulticast0(String name, int index) {
    return true;
  }

  @SocketCalls.OfInterface
  static boolean isP2P0(String name, int index) {
    return false;
  }

  /** One of those that are given out locally, with the address of the host. */
  @SocketCalls.OfInterface
  static byte[] getMacAddr0(byte[] address, String name, int index) {
    return new byte[] {2, 0, address[0], address[1], address[2], address[3]};
  }

  @SocketCalls.OfInterface
  static int getMTU0(String name, int index) {
    return BYTES_OF_PACKET;
  }
}
