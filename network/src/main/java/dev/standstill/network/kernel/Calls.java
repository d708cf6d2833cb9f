package dev.standstill.network.kernel;

import dev.standstill.jdk.sockets.SocketKernel;
import java.util.concurrent.locks.LockSupport;

/** What calls cost, so that time moves on for who does nothing but call. Loop-confined. */
final class Calls {

  /** After so many calls in vain one takes time: else who asks again and again stops the clock. */
  private static final int FREE_IN_VAIN = 8;

  /**
   * After so many calls at one instant one takes time, although all did something: else those who
   * send to and fro for long, with nothing that takes time between them, would stop the clock, and
   * be taken for a live-lock.
   */
  private static final int FREE_AT_ONCE = 100_000;

  private static final long COST_NANOS = 1_000;

  private final World world;
  private int inVain;
  private int atOnce;
  private long instant;

  Calls(World world) {
    this.world = world;
  }

  /** A task has waited, so the next call is its first. */
  void waited() {
    inVain = 0;
  }

  /**
   * A call has ended; takes time if it has to.
   *
   * @param result {@link SocketKernel#UNAVAILABLE} if it was in vain
   * @return the same
   */
  int ended(int result) {
    boolean isInVain = result == SocketKernel.UNAVAILABLE;
    inVain = isInVain ? inVain + 1 : 0;
    if (isInVain ? inVain > FREE_IN_VAIN : areTooMany(world.now())) {
      LockSupport.parkNanos(COST_NANOS);
    }
    return result;
  }

  private boolean areTooMany(long now) {
    atOnce = now == instant ? atOnce + 1 : 1;
    instant = now;
    return atOnce > FREE_AT_ONCE;
  }
}
