package dev.standstill.jdk.sockets;

import java.io.FileDescriptor;
import java.io.IOException;

/** Answers {@code sun.nio.ch.FileDispatcherImpl}: what sockets share with files. */
final class FileCalls {

  /** {@code IOStatus.UNSUPPORTED_CASE}: has the JDK copy by itself. */
  private static final long BY_HAND = -6;

  private FileCalls() {}

  static void closeIntFD(int file) throws IOException {
    Kernels.closed(file);
  }

  @SocketCalls.SocketAt(3)
  static long transferTo0(
      FileDescriptor from, long position, long count, FileDescriptor to, boolean append) {
    return BY_HAND;
  }

  static long transferFrom0(
      FileDescriptor from, FileDescriptor to, long position, long count, boolean append) {
    return BY_HAND;
  }
}
