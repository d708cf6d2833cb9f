package dev.standstill.examples.guide;

import dev.standstill.test.DeadlockException;
import dev.standstill.test.TestLoop;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Two transfers that lock two accounts in opposite order. */
public final class Deadlock {

  private Deadlock() {}

  // tag::code[]
  static void transfer(Lock from, Lock to) throws InterruptedException {
    from.lock();
    try {
      Thread.sleep(10);
      to.lock();
      to.unlock();
    } finally {
      from.unlock();
    }
  }

  public static void main(String[] args) throws Exception {
    var savings = new ReentrantLock();
    var checking = new ReentrantLock();
    try (var loop = TestLoop.open()) {
      loop.run(() -> {
        var first = loop.spawn("transfer-1", () -> transfer(savings, checking));
        var second = loop.spawn("transfer-2", () -> transfer(checking, savings));
        first.get();
        second.get();
      });
    } catch (DeadlockException e) {
      System.out.println(e.getMessage());
    }
  }
  // end::code[]
}
