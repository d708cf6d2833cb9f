package dev.standstill.jdk.sockets;

import java.io.IOException;

/** Answers {@code sun.nio.ch.UnixAsynchronousSocketChannelImpl}. */
final class AsynchronousCalls {

  private AsynchronousCalls() {}

  static void checkConnect(int file) throws IOException {
    Kernels.of(file).isConnected(file);
  }
}
