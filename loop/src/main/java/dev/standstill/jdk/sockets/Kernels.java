package dev.standstill.jdk.sockets;

import dev.standstill.jdk.AgentHooks;
import dev.standstill.jdk.OwnNetworks;
import dev.standstill.jdk.SocketAccess;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Which loop a file descriptor is of. Those of the operating system are small numbers, as it gives
 * the lowest that is free; above them each loop has a range of its own, so that a socket that has
 * outlived its loop is not taken for one of another, before two thousand of them have been opened.
 * Any thread may call.
 */
public final class Kernels {

  /** How many file descriptors a loop may have at a time. */
  public static final int RANGE = OwnNetworks.FIRST_FILE;

  private static final int RANGES = Integer.MAX_VALUE / RANGE;

  /**
   * A loop and what answers its tasks.
   *
   * @param range which of the ranges of numbers it has
   */
  private record Entry(AgentHooks.Hooked loop, String name, SocketKernel kernel, int range) {}

  /** What makes the kernel of a loop, from the first of its file descriptors. */
  @FunctionalInterface
  public interface Maker<K extends SocketKernel> {
    K make(int first);
  }

  private static final AtomicReferenceArray<@Nullable Entry> BY_RANGE =
      new AtomicReferenceArray<>(RANGES + 1);

  private static final Map<AgentHooks.Hooked, Entry> BY_LOOP = new ConcurrentHashMap<>();

  private static int latest;

  private Kernels() {}

  /**
   * Opens the network of a loop: from now on its tasks get the sockets of what is made.
   *
   * @param name the loop's, for messages
   * @throws IllegalStateException if there are too many in this JVM
   */
  public static synchronized <K extends SocketKernel> K open(
      AgentHooks.Hooked loop, String name, Maker<K> maker) {
    SocketCalls.activate();
    int range = freeRange();
    K kernel = maker.make(range * RANGE);
    Entry entry = new Entry(loop, name, kernel, range);
    BY_RANGE.set(range, entry);
    BY_LOOP.put(loop, entry);
    OwnNetworks.add(loop);
    latest = range;
    return kernel;
  }

  private static int freeRange() {
    for (int ahead = 0; ahead < RANGES; ahead++) {
      int range = 1 + (latest + ahead) % RANGES;
      if (BY_RANGE.get(range) == null) {
        return range;
      }
    }
    throw new IllegalStateException(
        "%d loops with a network of their own are open in this JVM: close some.".formatted(RANGES));
  }

  /** Closes the network of a loop; does nothing if it has none. */
  public static synchronized void close(AgentHooks.Hooked loop) {
    Entry closed = BY_LOOP.remove(loop);
    if (closed != null) {
      OwnNetworks.remove(loop);
      BY_RANGE.set(closed.range(), null);
    }
  }

  static boolean isOurs(int file) {
    return file >= RANGE;
  }

  static boolean isOurs(FileDescriptor file) {
    return isOurs(SocketAccess.number(file));
  }

  /** Whether the caller is a task of a loop with a network on which nobody has the name. */
  static boolean isUnknown(String name) {
    SocketKernel kernel = ofCaller();
    return kernel != null && !kernel.isKnown(name);
  }

  /** Whether the caller is a task of a loop with a network on which somebody has the address. */
  static boolean isNamed(InetAddress address) {
    SocketKernel kernel = ofCaller();
    return kernel != null && kernel.nameOf(address) != null;
  }

  /** The address of the host that the calling task is on; null if that is the machine. */
  static @Nullable InetAddress localHost() {
    SocketKernel kernel = ofCaller();
    return kernel == null ? null : kernel.localHost();
  }

  static boolean isCallersLoops() {
    return ofCaller() != null;
  }

  /** What answers the calling task; null if the caller has the machine's network. */
  static @Nullable SocketKernel ofCaller() {
    AgentHooks.Hooked loop = AgentHooks.ofCaller();
    Entry entry = loop == null ? null : BY_LOOP.get(loop);
    return entry == null ? null : entry.kernel();
  }

  /** The same for a caller that is known to have a network of its loop's. */
  static SocketKernel callers() {
    return Objects.requireNonNull(ofCaller());
  }

  static SocketKernel of(FileDescriptor file) throws SocketException {
    return of(SocketAccess.number(file));
  }

  /**
   * The kernel of one of our file descriptors.
   *
   * @throws SocketException if the caller is no task of its loop
   */
  static SocketKernel of(int file) throws SocketException {
    Entry entry = BY_RANGE.get(file / RANGE);
    if (entry == null) {
      throw new SocketException(
          "The loop of this socket is closed, and its network with it: open the socket anew.");
    }
    if (entry.loop() != AgentHooks.ofCaller()) {
      throw new SocketException(
          "This socket is of the network of loop \"%s\", and thread \"%s\" is no task of it: use the socket in a task, or open it outside the loop, where sockets are the machine's."
              .formatted(entry.name(), Thread.currentThread().getName()));
    }
    return entry.kernel();
  }

  /** The kernel of a file descriptor that is about to be closed; null if its loop is closed. */
  static @Nullable SocketKernel ofClosed(int file) {
    Entry entry = BY_RANGE.get(file / RANGE);
    return entry == null ? null : entry.kernel();
  }

  /** Closes a file descriptor; who cleans up after what nobody can reach is no task of a loop. */
  static void closed(int file) throws IOException {
    SocketKernel kernel = ofClosed(file);
    if (kernel != null && kernel == ofCaller()) {
      kernel.close(file);
    } else if (kernel != null) {
      if (SocketAccess.isCleaning()) {
        kernel.closeUnseen(file);
      } else {
        kernel.closeLater(file);
      }
    }
  }
}
