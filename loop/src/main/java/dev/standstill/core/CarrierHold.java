package dev.standstill.core;

import dev.standstill.jdk.ThreadStop;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The task that was caught keeping the carrier, and what ends it. Any thread may ask for a task to
 * be ended; all else is the driver's.
 */
public final class CarrierHold {

  private final BlockedTasks blockedTasks;
  private volatile @Nullable HeldCarrier caught;
  private volatile boolean isStopUnderWay;

  CarrierHold(BlockedTasks blockedTasks) {
    this.blockedTasks = blockedTasks;
  }

  /** Who was caught, or null. */
  public @Nullable HeldCarrier caught() {
    return caught;
  }

  /**
   * Ends the running task by an error, and lets the driver know.
   *
   * @return whether the JVM has taken the request; a task in native code does not see it
   */
  public boolean stop(HeldCarrier held) {
    caught = held;
    isStopUnderWay = true;
    try {
      boolean taken = ThreadStop.request(held.driver(), new TaskStoppedError());
      LockSupport.unpark(held.task().thread()); // it may be parked, and has to look
      return taken;
    } finally {
      isStopUnderWay = false;
    }
  }

  /** Lets a request arrive whose task ended before it did, and begins anew. */
  public void endStop() {
    try {
      while (isStopUnderWay) {
        Thread.onSpinWait();
      }
      Thread.yield();
    } catch (TaskStoppedError e) {
      // It came too late to end a task.
    }
    caught = null;
  }

  /**
   * Ends a task that is about to wait, without a limit, for another one of its loop while it cannot
   * let go of the carrier, without which the other cannot run.
   */
  void refuseWaitFor(TaskRecord running) {
    TaskRecord awaited = running.isOutside() ? null : blockedTasks.awaitedBy(running);
    if (awaited != null) {
      caught = HeldCarrier.byWaiting(running, awaited);
      throw new TaskStoppedError();
    }
  }
}
