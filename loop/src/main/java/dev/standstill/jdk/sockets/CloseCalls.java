package dev.standstill.jdk.sockets;

import dev.standstill.jdk.SocketAccess;
import java.io.FileDescriptor;
import java.io.IOException;

/** Answers {@code sun.nio.ch.UnixDispatcher}: the end of sockets and pipes. */
final class CloseCalls {

  private CloseCalls() {}

  static void close0(FileDescriptor file) throws IOException {
    Kernels.closed(SocketAccess.number(file));
  }

  /** Who waits is woken by the calls of the poller that come with it. */
  static void preClose0(FileDescriptor file) {}
}
