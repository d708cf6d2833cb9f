package dev.standstill.network.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketAddress;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The addresses and names of the machine, and addresses in general. */
final class Addresses {

  private static final Set<InetAddress> MACHINE = ofMachine();
  private static final Set<String> LOOPBACK_NAMES =
      Set.of("localhost", "ip6-localhost", "ip6-loopback");
  private static final Set<String> NAMES = names();

  private Addresses() {}

  private static Set<InetAddress> ofMachine() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .collect(Collectors.toSet());
    } catch (SocketException e) {
      return Set.of();
    }
  }

  /** Whether it is one of the machine's. */
  static boolean isMachines(InetAddress address) {
    return MACHINE.contains(address);
  }

  /** Whether any host calls itself so. */
  static boolean isNameOfLoopback(String name) {
    return LOOPBACK_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  /** Whether the machine has the name. */
  static boolean isName(String name) {
    return NAMES.contains(name.toLowerCase(Locale.ROOT));
  }

  private static Set<String> names() {
    Set<String> names = new HashSet<>(LOOPBACK_NAMES);
    try {
      names.add(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    } catch (IOException e) {
      // Then it is known by the others.
    }
    return names;
  }

  /** Where packets to an address go: to any address means to this host. */
  static InetSocketAddress reached(InetSocketAddress address) {
    return address.getAddress().isAnyLocalAddress()
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), address.getPort())
        : address;
  }

  /** Whether a socket that is bound to {@code bound} gets what is sent to {@code target}. */
  static boolean reaches(InetSocketAddress bound, InetSocketAddress target) {
    return bound.getPort() == target.getPort()
        && (bound.getAddress().isAnyLocalAddress()
            || bound.getAddress().equals(target.getAddress()));
  }

  /** The port of an address; 0 if it has none. */
  static int port(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress internet ? internet.getPort() : 0;
  }

  /** What is shown as a person writes the address, and costs nothing until then. */
  static Object shown(@Nullable SocketAddress address) {
    return new Object() {
      @Override
      public String toString() {
        return words(address);
      }
    };
  }

  /** As a person writes it. */
  static String words(@Nullable SocketAddress address) {
    if (!(address instanceof InetSocketAddress internet)) {
      return address == null ? "nowhere" : address.toString();
    }
    InetAddress host = internet.getAddress();
    String name = host.isLoopbackAddress() ? "localhost" : host.getHostAddress();
    return name + ":" + internet.getPort();
  }
}
