package dev.standstill;

import java.util.function.BooleanSupplier;

/** Which of several threads drives a loop. Any thread may call. */
final class Turn {

  private boolean taken;
  private volatile int waiting;

  /**
   * Waits for the turn, and takes it unless {@code done} comes first; false then.
   *
   * @throws InterruptedException if the caller is interrupted while it waits
   */
  synchronized boolean takeUnless(BooleanSupplier done) throws InterruptedException {
    waiting++;
    try {
      while (taken && !done.getAsBoolean()) {
        wait();
      }
    } finally {
      waiting--;
    }
    if (done.getAsBoolean()) {
      return false;
    }
    taken = true;
    return true;
  }

  /** Takes the turn if nobody has it. */
  synchronized boolean takeNow() {
    boolean free = !taken;
    taken = true;
    return free;
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
