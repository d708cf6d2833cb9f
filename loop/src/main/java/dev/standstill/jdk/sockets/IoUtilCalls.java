package dev.standstill.jdk.sockets;

import java.io.FileDescriptor;
import java.io.IOException;

/** Answers {@code sun.nio.ch.IOUtil}: pipes. */
final class IoUtilCalls {

  private IoUtilCalls() {}

  /** All sockets of virtual threads are non-blocking, whatever is asked for. */
  static void configureBlocking(FileDescriptor file, boolean blocking) throws IOException {
    Kernels.of(file);
  }

  @SocketCalls.OfCaller
  static long makePipe(boolean blocking) throws IOException {
    return Kernels.callers().openPipe();
  }

  static int write1(int pipe, byte data) throws IOException {
    Kernels.of(pipe).raise(pipe);
    return 1;
  }

  static boolean drain(int file) throws IOException {
    return Kernels.of(file).drain(file);
  }

  static int drain1(int pipe) throws IOException {
    return Kernels.of(pipe).drainOne(pipe) ? 1 : SocketKernel.UNAVAILABLE;
  }
}
