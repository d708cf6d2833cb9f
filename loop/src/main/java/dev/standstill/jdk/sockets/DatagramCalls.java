package dev.standstill.jdk.sockets;

import java.io.FileDescriptor;
import java.io.IOException;

/** Answers {@code sun.nio.ch.DatagramDispatcher}: datagrams of sockets that are connected. */
final class DatagramCalls {

  private DatagramCalls() {}

  static int read0(FileDescriptor file, long address, int length) throws IOException {
    return Transfer.read(file, address, length);
  }

  static long readv0(FileDescriptor file, long vector, int length) throws IOException {
    return Transfer.readDatagram(file, vector, length);
  }

  static int write0(FileDescriptor file, long address, int length) throws IOException {
    return Transfer.write(file, address, length);
  }

  static long writev0(FileDescriptor file, long vector, int length) throws IOException {
    return Transfer.writeDatagram(file, vector, length);
  }
}
