package dev.standstill.network.kernel;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The files that Unix domain sockets make when they are bound, as on Linux: programs look whether
 * they are there, and delete them.
 */
final class UnixPaths {

  private UnixPaths() {}

  static void bind(UnixDomainSocketAddress address) throws SocketException {
    Path path = address.getPath();
    try {
      Files.createFile(path);
    } catch (FileAlreadyExistsException e) {
      throw failure(new BindException("Address already in use: " + path), e);
    } catch (IOException e) {
      throw failure(new SocketException("No socket can be bound to " + path), e);
    }
  }

  static void requireExisting(UnixDomainSocketAddress address) throws SocketException {
    if (!Files.exists(address.getPath())) {
      throw new SocketException("No such file or directory: " + address);
    }
  }

  private static SocketException failure(SocketException failure, IOException cause) {
    failure.initCause(cause);
    return failure;
  }
}
