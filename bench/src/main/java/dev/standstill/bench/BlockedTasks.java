package dev.standstill.bench;

import java.util.concurrent.CountDownLatch;

/**
 * What a blocked task takes of the heap, in a JVM that has 2 GiB of it. Not a benchmark of JMH,
 * because it is not about time.
 */
final class BlockedTasks {

  private static final String HEAP = "-Xmx2g";

  private BlockedTasks() {}

  /** Bytes of heap per task, measured in a JVM of its own. */
  static double measure(Contestant contestant, Effort effort) throws Exception {
    return OwnJvm.measure(contestant, BlockedTasks.class, HEAP, effort.blockedTasks());
  }

  /** Blocks {@code args[1]} tasks of contestant {@code args[0]} and prints the bytes for each. */
  static void main(String[] args) throws Exception {
    int count = Integer.parseInt(args[1]);
    try (Tasks tasks = Tasks.of(Contestant.valueOf(args[0]))) {
      tasks.run(() -> System.out.println((double) block(count) / count));
    }
  }

  private static long block(int count) throws InterruptedException {
    CountDownLatch blocked = new CountDownLatch(count);
    CountDownLatch gate = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(count);
    long before = usedHeap();
    for (int i = 0; i < count; i++) {
      Thread.startVirtualThread(() -> pass(blocked, gate, ended));
    }
    blocked.await();
    Thread.yield(); // The last one has counted, but may not wait yet.
    long after = usedHeap();
    gate.countDown();
    ended.await();
    return after - before;
  }

  private static void pass(CountDownLatch blocked, CountDownLatch gate, CountDownLatch ended) {
    blocked.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts", e);
    }
    ended.countDown();
  }

  private static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
