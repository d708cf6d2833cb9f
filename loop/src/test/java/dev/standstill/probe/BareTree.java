package dev.standstill.probe;

import dev.standstill.EventLoop;
import dev.standstill.Task;
import java.util.concurrent.locks.LockSupport;

/** Prints the tree of the tasks of a loop. */
public final class BareTree {

  private BareTree() {}

  public static void main(String[] args) throws Exception {
    var monitor = new Object();
    try (EventLoop loop = EventLoop.open("bare")) {
      loop.run(() -> {
        Task<?> holder =
            loop.spawn(
                "holder",
                () -> {
                  synchronized (monitor) {
                    LockSupport.park();
                  }
                });
        loop.spawn("of result", () -> holder.get());
        loop.spawn(
            "of monitor",
            () -> {
              synchronized (monitor) {
                monitor.notifyAll();
              }
            });
        Thread.yield();
        System.out.println(loop.taskTree());
        holder.cancel(true);
      });
    }
  }
}
