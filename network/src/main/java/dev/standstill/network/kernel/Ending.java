package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.SocketFailure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The end of a connection that neither side has closed, which one call is told. */
final class Ending {

  /** Why it has ended. */
  enum Cause {
    RESET,
    BROKEN,
    TIMED_OUT
  }

  /** Null once it was told. */
  private @Nullable Cause cause;

  Ending(Cause cause) {
    this.cause = cause;
  }

  boolean isUntold() {
    return cause != null;
  }

  /** Tells who reads. To him an end after which he was reset is an end. */
  void tellReader() throws IOException {
    if (cause != Cause.BROKEN) {
      if (cause == Cause.RESET) {
        cause = null;
        throw SocketFailure.connectionReset();
      }
      tell();
    }
  }

  /** Tells who writes, or connects. */
  void tell() throws IOException {
    Cause told = cause;
    cause = null;
    if (told == Cause.RESET) {
      throw new IOException("Connection reset by peer");
    }
    if (told == Cause.TIMED_OUT) {
      throw new IOException("Connection timed out");
    }
  }
}
