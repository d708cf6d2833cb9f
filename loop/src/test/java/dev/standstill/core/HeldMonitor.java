package dev.standstill.core;

import java.util.concurrent.CompletableFuture;

/**
 * A monitor that a thread of its own holds until this is closed. A thread that runs slices cannot
 * hold it itself: HotSpot takes the lock of a carrier for that of the virtual thread it carries.
 */
final class HeldMonitor implements AutoCloseable {

  private final CompletableFuture<Void> leave = new CompletableFuture<>();
  private final CompletableFuture<Void> left;

  /** Returns when the monitor is held. */
  HeldMonitor(Object monitor) {
    CompletableFuture<Void> entered = new CompletableFuture<>();
    Runnable hold =
        () -> {
          synchronized (monitor) {
            entered.complete(null);
            leave.join();
          }
        };
    left = CompletableFuture.runAsync(hold, Thread.ofPlatform().name("holder")::start);
    entered.join();
  }

  /** Returns when the monitor has been left. */
  @Override
  public void close() {
    leave.complete(null);
    left.join();
  }
}
