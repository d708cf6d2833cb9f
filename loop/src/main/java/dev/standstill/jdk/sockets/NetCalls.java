package dev.standstill.jdk.sockets;

import dev.standstill.jdk.SocketAccess;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Answers {@code sun.nio.ch.Net}: sockets of the internet. */
final class NetCalls {

  private static final BooleanSupplier ALWAYS = () -> true;

  /** What {@code shutdown} takes: {@code Net.SHUT_RD}, {@code SHUT_WR} and {@code SHUT_RDWR}. */
  private static final int INPUT = 0;

  private static final int OUTPUT = 1;

  /** {@code SOL_SOCKET} and {@code SO_REUSEADDR}. */
  private static final int SOCKET = 1;

  private static final int REUSE_ADDRESS = 2;

  /** Where {@link SocketKernel} keeps what is remembered and has no effect. */
  private static final int MULTICAST = 1 << 20;

  private static final InetSocketAddress NONE = new InetSocketAddress(0);

  private NetCalls() {}

  @SocketCalls.OfCaller
  static int socket0(boolean ipv6, boolean stream, boolean reuse, boolean fast) throws IOException {
    SocketKernel.Kind kind = stream ? SocketKernel.Kind.STREAM : SocketKernel.Kind.DATAGRAM;
    SocketKernel kernel = Kernels.callers();
    int file = kernel.open(kind);
    if (reuse) {
      kernel.option(file, SOCKET, REUSE_ADDRESS, 1);
    }
    return file;
  }

  static void bind0(
      FileDescriptor file, boolean ipv6, boolean exclusive, InetAddress address, int port)
      throws IOException {
    Kernels.of(file).bind(SocketAccess.number(file), new InetSocketAddress(address, port));
  }

  static void listen(FileDescriptor file, int backlog) throws IOException {
    Kernels.of(file).listen(SocketAccess.number(file), backlog);
  }

  static int connect0(boolean ipv6, FileDescriptor file, InetAddress address, int port)
      throws IOException {
    InetSocketAddress to = new InetSocketAddress(address, port);
    SocketKernel kernel = Kernels.of(file);
    return kernel.isReal(to)
        ? RealSockets.connect(kernel, ipv6, file, address, port)
        : kernel.connect(SocketAccess.number(file), to);
  }

  static boolean pollConnect(FileDescriptor file, long millis) throws IOException {
    int number = SocketAccess.number(file);
    SocketKernel kernel = Kernels.of(file);
    if (millis != 0 && !kernel.isConnected(number)) {
      kernel.await(number, SocketKernel.OUT, nanos(millis), ALWAYS);
    }
    return kernel.isConnected(number);
  }

  static int accept(FileDescriptor file, FileDescriptor accepted, InetSocketAddress[] remote)
      throws IOException {
    SocketKernel.Accepted connection = Kernels.of(file).accept(SocketAccess.number(file));
    if (connection == null) {
      return SocketKernel.UNAVAILABLE;
    }
    SocketAccess.number(accepted, connection.file());
    remote[0] = (InetSocketAddress) connection.remote();
    return 1;
  }

  static void shutdown(FileDescriptor file, int how) throws IOException {
    Kernels.of(file).shutdown(SocketAccess.number(file), how != OUTPUT, how != INPUT);
  }

  static int localPort(FileDescriptor file) throws IOException {
    return local(file).getPort();
  }

  static InetAddress localInetAddress(FileDescriptor file) throws IOException {
    return local(file).getAddress();
  }

  static int remotePort(FileDescriptor file) throws IOException {
    return remote(file).getPort();
  }

  static InetAddress remoteInetAddress(FileDescriptor file) throws IOException {
    return remote(file).getAddress();
  }

  private static InetSocketAddress local(FileDescriptor file) throws IOException {
    return orNone(Kernels.of(file).localAddress(SocketAccess.number(file)));
  }

  private static InetSocketAddress remote(FileDescriptor file) throws IOException {
    return orNone(Kernels.of(file).remoteAddress(SocketAccess.number(file)));
  }

  private static InetSocketAddress orNone(@Nullable SocketAddress address) {
    return address instanceof InetSocketAddress internet ? internet : NONE;
  }

  static int getIntOption0(FileDescriptor file, boolean converted, int level, int option)
      throws IOException {
    return Kernels.of(file).option(SocketAccess.number(file), level, option);
  }

  static void setIntOption0(
      FileDescriptor file, boolean converted, int level, int option, int value, boolean ipv6)
      throws IOException {
    Kernels.of(file).option(SocketAccess.number(file), level, option, value);
  }

  static int poll(FileDescriptor file, int events, long millis) throws IOException {
    int number = SocketAccess.number(file);
    SocketKernel kernel = Kernels.of(file);
    int happened = kernel.poll(number, events);
    if (happened == 0 && millis != 0) {
      kernel.await(number, events, nanos(millis), ALWAYS);
      happened = kernel.poll(number, events);
    }
    return happened;
  }

  private static long nanos(long millis) {
    return Math.max(0, millis) * 1_000_000;
  }

  static int available(FileDescriptor file) throws IOException {
    return Kernels.of(file).available(SocketAccess.number(file));
  }

  static int sendOOB(FileDescriptor file, byte data) throws IOException {
    return Kernels.of(file).sendUrgent(SocketAccess.number(file), data);
  }

  static int joinOrDrop4(boolean join, FileDescriptor file, int group, int card, int source)
      throws IOException {
    Kernels.of(file);
    return 0;
  }

  static int joinOrDrop6(boolean join, FileDescriptor file, byte[] group, int card, byte[] source)
      throws IOException {
    Kernels.of(file);
    return 0;
  }

  static int blockOrUnblock4(boolean block, FileDescriptor file, int group, int card, int source)
      throws IOException {
    Kernels.of(file);
    return 0;
  }

  static int blockOrUnblock6(
      boolean block, FileDescriptor file, byte[] group, int card, byte[] source)
      throws IOException {
    Kernels.of(file);
    return 0;
  }

  static void setInterface4(FileDescriptor file, int address) throws IOException {
    Kernels.of(file).option(SocketAccess.number(file), MULTICAST, 0, address);
  }

  static int getInterface4(FileDescriptor file) throws IOException {
    return Kernels.of(file).option(SocketAccess.number(file), MULTICAST, 0);
  }

  static void setInterface6(FileDescriptor file, int index) throws IOException {
    Kernels.of(file).option(SocketAccess.number(file), MULTICAST, 1, index);
  }

  static int getInterface6(FileDescriptor file) throws IOException {
    return Kernels.of(file).option(SocketAccess.number(file), MULTICAST, 1);
  }
}
