package dev.standstill.jdk.sockets;

import java.io.FileDescriptor;
import java.io.IOException;

/** Answers {@code sun.nio.ch.SocketDispatcher}: streams of bytes, of sockets and pipes. */
final class StreamCalls {

  private StreamCalls() {}

  static int read0(FileDescriptor file, long address, int length) throws IOException {
    return Transfer.read(file, address, length);
  }

  static long readv0(FileDescriptor file, long vector, int length) throws IOException {
    return Transfer.readAll(file, vector, length);
  }

  static int write0(FileDescriptor file, long address, int length) throws IOException {
    return Transfer.write(file, address, length);
  }

  static long writev0(FileDescriptor file, long vector, int length) throws IOException {
    return Transfer.writeAll(file, vector, length);
  }
}
