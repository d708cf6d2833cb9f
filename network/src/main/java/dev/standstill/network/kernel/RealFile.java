package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.RealSockets;
import dev.standstill.jdk.sockets.SocketKernel;
import java.io.FileDescriptor;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** A socket of the machine, where one of ours was: for selectors, and for who waits. */
final class RealFile extends OpenFile {

  private final int real;
  private final FileDescriptor descriptor;

  RealFile(Node node, int number, int real) {
    super(node, number);
    this.real = real;
    this.descriptor = RealSockets.descriptor(real);
  }

  int real() {
    return real;
  }

  void await(int event, long nanos, BooleanSupplier open) throws IOException {
    RealSockets.await(real, event, nanos, open);
  }

  /** Throws why it is not; else it is, once it can be written to. */
  boolean isConnected() throws IOException {
    RealSockets.checkConnected(real);
    return true;
  }

  void wakeAll() {
    RealSockets.wake(real);
  }

  @Override
  int events() {
    try {
      return RealSockets.poll(descriptor, SocketKernel.IN | SocketKernel.OUT);
    } catch (IOException e) {
      return SocketKernel.ERR;
    }
  }

  @Override
  String describe() {
    return "a socket of the machine";
  }
}
