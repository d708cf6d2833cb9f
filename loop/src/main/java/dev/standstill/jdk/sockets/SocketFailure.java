package dev.standstill.jdk.sockets;

import dev.standstill.jdk.SocketAccess;
import java.io.IOException;

/** Failures that the JDK's sockets know by their class. */
public final class SocketFailure {

  private SocketFailure() {}

  /** What a read throws that finds the connection reset. */
  public static IOException connectionReset() {
    return SocketAccess.connectionReset();
  }
}
