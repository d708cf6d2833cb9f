package dev.standstill.probe;

import dev.standstill.EventLoop;
import dev.standstill.metrics.LoopMetrics;

/** Measures a loop, and prints why it cannot be registered. */
public final class Unmanaged {

  private Unmanaged() {}

  public static void main(String[] args) throws Exception {
    try (EventLoop loop = EventLoop.open("bare")) {
      loop.run(() -> System.out.println(LoopMetrics.of(loop).getTaskCount() + " task"));
      LoopMetrics.register(loop);
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
  }
}
