package dev.standstill.probe;

import dev.standstill.EventLoop;
import java.util.concurrent.Executors;

/** Asks for its loop where there is none. */
public final class Asking {

  private Asking() {}

  public static void main(String[] arguments) throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      System.out.print(
          EventLoop.currentIfPresent()
              + ", in a virtual thread "
              + executor.submit(EventLoop::currentIfPresent).get()
              + "\n");
    }
  }
}
