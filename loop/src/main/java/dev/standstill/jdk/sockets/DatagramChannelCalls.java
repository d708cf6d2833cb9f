package dev.standstill.jdk.sockets;

import dev.standstill.jdk.SocketAccess;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Answers {@code sun.nio.ch.DatagramChannelImpl}: datagrams from and to anybody. */
final class DatagramChannelCalls {

  private DatagramChannelCalls() {}

  static int receive0(FileDescriptor file, long address, int length, long sender, boolean connected)
      throws IOException {
    var memory = SocketAccess.memory(address, length);
    SocketAddress from = Kernels.of(file).receive(SocketAccess.number(file), memory);
    if (from == null) {
      return SocketKernel.UNAVAILABLE;
    }
    NativeAddress.write((InetSocketAddress) from, sender);
    return memory.position();
  }

  static int send0(FileDescriptor file, long address, int length, long target, int targetLength)
      throws IOException {
    return Kernels.of(file)
        .send(
            SocketAccess.number(file),
            SocketAccess.memory(address, length),
            NativeAddress.read(target, targetLength));
  }

  static void disconnect0(FileDescriptor file, boolean ipv6) throws IOException {
    Kernels.of(file).disconnect(SocketAccess.number(file));
  }
}
