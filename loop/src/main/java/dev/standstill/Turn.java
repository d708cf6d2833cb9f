package dev.standstill;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Which of several threads drives a loop. Any thread may call. */
final class Turn {

  private boolean taken;
  private volatile int waiting;

  /**
   * Waits for the turn, but not longer than {@code nanos}, and takes it unless {@code done} comes
   * first; false then, or when the time is over.
   *
   * @throws InterruptedException if the caller is interrupted while it waits
   */
  synchronized boolean takeUnless(BooleanSupplier done, long nanos) throws InterruptedException {
    awaitTurn(done, nanos);
    if (taken || done.getAsBoolean()) {
      return false;
    }
    taken = true;
    return true;
  }

  private void awaitTurn(BooleanSupplier done, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    waiting++;
    try {
      while (taken && !done.getAsBoolean() && System.nanoTime() - deadline < 0) {
        TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
      }
    } finally {
      waiting--;
    }
  }

  /** Takes the turn if nobody has it. */
  synchronized boolean takeNow() {
    boolean free = !taken;
    taken = true;
    return free;
  }

  /** Whether somebody has the turn now. */
  synchronized boolean isTaken() {
    return taken;
  }

  synchronized void giveBack() {
    taken = false;
    notifyAll();
  }

  /** Lets those who wait look again whether they are done; cheap while nobody waits. */
  void wake() {
    if (waiting > 0) {
      synchronized (this) {
        notifyAll();
      }
    }
  }
}
