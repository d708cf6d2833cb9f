package dev.standstill.probe;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import dev.standstill.TaskGroup;
import dev.standstill.metrics.LoopMetrics;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Registers a loop whose tasks wait for each other, prints the number of its process, and waits.
 */
public final class MeasuredShop {

  private MeasuredShop() {}

  public static void main(String[] args) throws Exception {
    var lock = new ReentrantLock();
    try (EventLoop loop = EventLoop.start("shop")) {
      LoopMetrics.register(loop);
      loop.spawn("stock", () -> hold(lock)); // first, so that it has the lock
      Task<?> server = loop.spawn("server", () -> serve(lock));
      loop.submit(() -> {}).get();
      loop.submit(() -> {}).get(); // all others have run until they block
      System.out.println(ProcessHandle.current().pid());
      server.get();
    }
  }

  private static void hold(ReentrantLock lock) throws InterruptedException {
    lock.lock();
    new CountDownLatch(1).await();
  }

  private static void serve(ReentrantLock lock) throws Exception {
    try (TaskGroup orders = TaskGroup.open()) {
      for (int i = 1; i <= 3; i++) {
        orders.spawn("order-" + i, () -> lock.lockInterruptibly());
      }
      orders.join();
    }
  }
}
