package dev.standstill.test;

/** The kind of thing that a task is blocked on. */
public enum BlockedOn {
  /** A lock of {@code java.util.concurrent.locks}. */
  LOCK("a lock"),
  /** A condition of such a lock. */
  CONDITION("a condition"),
  /** Entering a {@code synchronized} block or method. */
  MONITOR("a monitor"),
  /** {@code Object.wait}. */
  MONITOR_WAIT("Object.wait"),
  /** A blocking queue. */
  QUEUE("a queue"),
  /** The result of a future. */
  FUTURE("a future"),
  /** A {@code CountDownLatch}. */
  LATCH("a latch"),
  /** A {@code CyclicBarrier}, {@code Phaser} or {@code Exchanger}. */
  BARRIER("a barrier"),
  /** A {@code Semaphore}. */
  SEMAPHORE("a semaphore"),
  /** {@code Thread.sleep}. */
  SLEEP("sleep"),
  /** {@code Thread.join}. */
  JOIN("join"),
  /** Input or output on a socket. */
  SOCKET("a socket"),
  /** Work for a thread of a pool or timer, which is idle. */
  WORK("work for its pool"),
  /** Anything else that parks the thread. */
  PARK("park");

  private final String words;

  BlockedOn(String words) {
    this.words = words;
  }

  /** Names the kind as reports do. */
  @Override
  public String toString() {
    return words;
  }
}
