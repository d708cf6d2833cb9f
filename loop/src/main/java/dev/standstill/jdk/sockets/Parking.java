package dev.standstill.jdk.sockets;

import dev.standstill.jdk.SocketWait;
import java.util.concurrent.locks.LockSupport;

/** How tasks wait for sockets of their loop: reports show for which. */
public final class Parking {

  private Parking() {}

  /**
   * Parks the calling task until it is unparked.
   *
   * @param socket its string says what is waited for
   */
  public static void park(Object socket) {
    LockSupport.park(new SocketWait(socket));
  }

  /** The same, up to so many nanoseconds of the loop's time. */
  public static void park(Object socket, long nanos) {
    LockSupport.parkNanos(new SocketWait(socket), nanos);
  }
}
