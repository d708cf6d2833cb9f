package dev.standstill.jdk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells whether a wait for a file descriptor is one for a socket whose senders cannot be told,
 * which is every one that is not TCP: UDP, and those with a path for a name. Any thread may call.
 *
 * <p>Linux tells what a descriptor is by where {@code /proc/self/fd} leads, what a selector watches
 * in {@code /proc/self/fdinfo}, and which sockets are TCP in {@code /proc/net/tcp}.
 */
final class DatagramSockets {

  private static final Path FILES = Path.of("/proc/self/fd");
  private static final Path DETAILS = Path.of("/proc/self/fdinfo");
  private static final List<Path> TABLES =
      List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"), Path.of("/proc/net/unix"));
  private static final String WATCHED = "tfd:";
  private static final String SOCKET = "socket:[";

  /** The sockets that were seen to be TCP; the kernel gives no number again soon. */
  private static final Set<String> TCP = ConcurrentHashMap.newKeySet();

  private DatagramSockets() {}

  /**
   * Whether {@code file} is such a socket, or a selector that watches one.
   *
   * @param event what is waited for; any event means that it is a selector
   */
  static boolean isAwaited(int file, int event) {
    try {
      return event == FileEvents.ANY ? watchesOne(file) : isOne(Integer.toString(file));
    } catch (IOException e) {
      return false; // it was closed meanwhile
    }
  }

  private static boolean watchesOne(int selector) throws IOException {
    for (String line : Files.readAllLines(DETAILS.resolve(Integer.toString(selector)))) {
      if (line.startsWith(WATCHED)
          && isOne(line.substring(WATCHED.length()).trim().split(" ")[0])) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOne(String file) throws IOException {
    String target = Files.readSymbolicLink(FILES.resolve(file)).toString();
    if (!target.startsWith(SOCKET) || TCP.contains(target)) {
      return false;
    }
    boolean found = isListed(target.substring(SOCKET.length(), target.length() - 1));
    if (!found) {
      TCP.add(target);
    }
    return found;
  }

  private static boolean isListed(String inode) throws IOException {
    for (Path table : TABLES) {
      for (String line : Files.exists(table) ? Files.readAllLines(table) : List.<String>of()) {
        if (Arrays.asList(line.trim().split(" +")).contains(inode)) {
          return true;
        }
      }
    }
    return false;
  }
}
