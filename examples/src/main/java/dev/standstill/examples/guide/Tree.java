package dev.standstill.examples.guide;

import dev.standstill.EventLoop;
import dev.standstill.TaskGroup;
import java.util.concurrent.locks.ReentrantLock;

/** Asks a running loop who has started whom, and who waits for whom. */
public final class Tree {

  private Tree() {}

  // tag::code[]
  public static void main(String[] args) throws Exception {
    var stock = new ReentrantLock();
    try (var loop = EventLoop.start("shop")) {
      loop.spawn("inventory", () -> count(stock));
      loop.spawn("server", () -> serve(1_000, stock));
      loop.run(() -> Thread.yield()); // all have run until they block

      System.out.println(loop.taskTree());
    }
  }

  static void count(ReentrantLock stock) throws InterruptedException {
    stock.lockInterruptibly();
    Thread.sleep(60_000);
  }

  static void serve(int orders, ReentrantLock stock) throws Exception {
    try (var group = TaskGroup.open()) {
      for (int i = 1; i <= orders; i++) {
        group.spawn("order-" + i, () -> stock.lockInterruptibly());
      }
      group.join();
    }
  }
  // end::code[]
}
