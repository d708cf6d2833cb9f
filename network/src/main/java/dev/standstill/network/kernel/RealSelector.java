package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.RealSockets;
import dev.standstill.jdk.sockets.SocketKernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** What a selector of ours waits with for sockets of the machine, once it has any. */
final class RealSelector {

  private static final int NOT_OPEN = -1;
  private static final int NOTHING = 0;

  private final Set<RealFile> files = new LinkedHashSet<>();
  private int selector = NOT_OPEN;

  Set<RealFile> files() {
    return files;
  }

  void watch(RealFile file, int events, boolean known) throws IOException {
    if (selector == NOT_OPEN) {
      selector = RealSockets.openSelector();
    }
    files.add(file);
    RealSockets.control(
        selector,
        known ? SocketKernel.Control.CHANGE : SocketKernel.Control.ADD,
        file.real(),
        events & ~SocketKernel.ONE_SHOT);
  }

  /** Looks at a file no more before it is watched again. */
  void ignore(RealFile file) {
    RealSockets.control(selector, SocketKernel.Control.CHANGE, file.real(), NOTHING);
  }

  void forget(RealFile file) {
    if (files.remove(file)) {
      RealSockets.control(selector, SocketKernel.Control.REMOVE, file.real(), NOTHING);
    }
  }

  /** Parks until something has happened, or the caller is woken. */
  void await(long nanos) {
    try {
      RealSockets.awaitSelector(selector, nanos);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void close() {
    files.clear();
    if (selector != NOT_OPEN) {
      try {
        RealSockets.close(selector);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      selector = NOT_OPEN;
    }
  }
}
