package dev.standstill.jdk.sockets;

import dev.standstill.jdk.SocketAccess;
import java.io.FileDescriptor;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Answers {@code sun.nio.ch.UnixDomainSockets}. */
final class UnixDomainCalls {

  /** As the JDK reads these paths. */
  private static final Charset PATHS =
      Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

  private UnixDomainCalls() {}

  @SocketCalls.OfCaller
  static int socket0() throws IOException {
    return Kernels.callers().open(SocketKernel.Kind.UNIX);
  }

  static void bind0(FileDescriptor file, byte[] path) throws IOException {
    Kernels.of(file).bind(SocketAccess.number(file), address(path));
  }

  static int connect0(FileDescriptor file, byte[] path) throws IOException {
    return Kernels.of(file).connect(SocketAccess.number(file), address(path));
  }

  static int accept0(FileDescriptor file, FileDescriptor accepted, Object[] path)
      throws IOException {
    SocketKernel.Accepted connection = Kernels.of(file).accept(SocketAccess.number(file));
    if (connection == null) {
      return SocketKernel.UNAVAILABLE;
    }
    SocketAccess.number(accepted, connection.file());
    path[0] = path(connection.remote());
    return 1;
  }

  static byte[] localAddress0(FileDescriptor file) throws IOException {
    return path(Kernels.of(file).localAddress(SocketAccess.number(file)));
  }

  private static UnixDomainSocketAddress address(byte[] path) {
    return UnixDomainSocketAddress.of(new String(path, PATHS));
  }

  private static byte[] path(@Nullable SocketAddress address) {
    return address instanceof UnixDomainSocketAddress unix
        ? unix.getPath().toString().getBytes(PATHS)
        : new byte[0];
  }
}
