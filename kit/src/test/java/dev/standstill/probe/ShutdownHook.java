package dev.standstill.probe;

import dev.standstill.test.TestLoop;

/** Registers a shutdown hook from a task and closes the loop; the JVM ends later. */
public final class ShutdownHook {

  private ShutdownHook() {}

  public static void main(String[] arguments) throws Exception {
    try (TestLoop loop = TestLoop.open()) {
      loop.run(() -> Runtime.getRuntime().addShutdownHook(new Thread(ShutdownHook::tell)));
    }
    System.out.println("the loop is closed");
  }

  private static void tell() {
    System.out.println("the hook ran on a loop: " + TestLoop.currentIfPresent().isPresent());
  }
}
