package dev.standstill.jdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether tasks that wait for sockets wait for one another: every TCP connection of this JVM
 * is then between two sockets of this JVM, and nothing is on its way. Any thread may call.
 *
 * <p>Linux tells both in {@code /proc/net/tcp}: the states and addresses of the sockets, and how
 * many bytes were sent that the other end has not acknowledged. To list them takes the kernel some
 * milliseconds, as it goes through the hash table of all sockets that there could be. So the list
 * is not read again until the machine has sent another TCP segment, which {@code /proc/net/snmp}
 * tells in some microseconds: without one, nothing is on its way that was not before.
 */
final class TcpTable {

  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
  private static final Path FILES = Path.of("/proc/self/fd");
  private static final Path COUNTERS = Path.of("/proc/net/snmp");

  private static final String MAPPED = "0000000000000000FFFF0000";
  private static final int LOCAL = 1;
  private static final int REMOTE = 2;
  private static final int STATE = 3;
  private static final int QUEUES = 4;
  private static final int INODE = 9;
  private static final String ESTABLISHED = "01";
  private static final String SYN_SENT = "02";

  /**
   * How many segments had been sent when there was last nothing outside or on its way; -1: never.
   */
  private static volatile long quietAt = -1;

  /** A socket as the kernel lists it. */
  private record Socket(String local, String remote, String state, boolean isSending) {

    boolean isConnected() {
      return state.equals(ESTABLISHED) || state.equals(SYN_SENT);
    }
  }

  private TcpTable() {}

  /** Whether this machine tells what is needed. */
  static boolean isKnown() {
    return Files.isReadable(TABLES.getFirst())
        && Files.isReadable(FILES)
        && Files.isReadable(COUNTERS);
  }

  /** What is outside this JVM, or on its way inside it, in words; null if there is nothing. */
  static @Nullable String outside() {
    try {
      long sent = segmentsSent();
      if (sent == quietAt) {
        return null;
      }
      String outside = among(sockets());
      if (outside == null) {
        quietAt = sent;
      }
      return outside;
    } catch (IOException e) {
      throw new UncheckedIOException("The sockets of this JVM cannot be listed", e);
    }
  }

  /** The counters of TCP are two lines, one of names and one of values. */
  private static long segmentsSent() throws IOException {
    List<List<String>> lines =
        Files.readAllLines(COUNTERS).stream()
            .filter(line -> line.startsWith("Tcp:"))
            .map(line -> List.of(line.split(" ")))
            .toList();
    return Long.parseLong(lines.get(1).get(lines.getFirst().indexOf("OutSegs")));
  }

  private static @Nullable String among(List<Socket> sockets) {
    Set<String> connections = new HashSet<>();
    for (Socket socket : sockets) {
      connections.add(socket.local() + socket.remote());
    }
    for (Socket socket : sockets) {
      if (socket.isSending() || socket.state().equals(SYN_SENT)) {
        return "a socket to which data is on its way";
      }
      if (socket.isConnected() && !connections.contains(socket.remote() + socket.local())) {
        return "a socket, while one is connected to another process";
      }
    }
    return null;
  }

  private static List<Socket> sockets() throws IOException {
    Set<String> own = ownInodes();
    List<Socket> sockets = new ArrayList<>();
    for (Path table : TABLES) {
      for (String line : Files.exists(table) ? Files.readAllLines(table) : List.<String>of()) {
        String[] columns = line.trim().split(" +");
        if (columns.length > INODE && own.contains(columns[INODE])) {
          sockets.add(
              new Socket(
                  address(columns[LOCAL]),
                  address(columns[REMOTE]),
                  columns[STATE],
                  !columns[QUEUES].startsWith("00000000:")));
        }
      }
    }
    return sockets;
  }

  /** An IPv4 address can be listed as one of IPv6. */
  private static String address(String listed) {
    return listed.startsWith(MAPPED) ? listed.substring(MAPPED.length()) : listed;
  }

  private static Set<String> ownInodes() throws IOException {
    Set<String> inodes = new HashSet<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(FILES)) {
      for (Path file : files) {
        String target = linkOf(file);
        if (target.startsWith("socket:[")) {
          inodes.add(target.substring("socket:[".length(), target.length() - 1));
        }
      }
    }
    return inodes;
  }

  /** A file can be closed meanwhile. */
  private static String linkOf(Path file) {
    try {
      return Files.readSymbolicLink(file).toString();
    } catch (IOException e) {
      return "";
    }
  }
}
