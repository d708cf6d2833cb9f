package dev.standstill.probe;

import dev.standstill.test.ExitException;
import dev.standstill.test.TestLoop;

/** Registers a shutdown hook from a task, which then ends its run; the JVM ends later. */
public final class ShutdownHook {

  private ShutdownHook() {}

  public static void main(String[] arguments) throws Exception {
    TestLoop loop = TestLoop.open();
    try {
      loop.run(() -> {
        Runtime.getRuntime().addShutdownHook(new Thread(ShutdownHook::tell));
        System.exit(3);
      });
    } catch (ExitException e) {
      System.out.println("the run ended with " + e.status());
    }
    loop.close();
  }

  private static void tell() {
    System.out.println("the hook ran on a loop: " + TestLoop.currentIfPresent().isPresent());
  }
}
