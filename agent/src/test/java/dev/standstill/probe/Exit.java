package dev.standstill.probe;

import dev.standstill.agent.Loop;
import java.util.ArrayList;
import java.util.List;

/** Ends the JVM, first where the loop takes the exit and then where it does not. */
public final class Exit {

  private Exit() {}

  public static void main(String[] arguments) throws Exception {
    List<Integer> taken = new ArrayList<>();
    Loop.exit = taken::add;
    Loop.open();
    Loop.call(Exit::exitAndHalt);
    System.out.println("taken=" + taken);
    System.out.println("hooks=" + Loop.shutdownHooks.size());
    System.exit(9);
  }

  private static Object exitAndHalt() {
    System.exit(3);
    Runtime.getRuntime().halt(4);
    Thread kept = new Thread(() -> System.out.println("run by the JVM=true"));
    Runtime.getRuntime().addShutdownHook(kept);
    Thread removed = new Thread();
    Runtime.getRuntime().addShutdownHook(removed);
    if (!Runtime.getRuntime().removeShutdownHook(removed)
        || Runtime.getRuntime().removeShutdownHook(removed)) {
      throw new AssertionError("It was registered once.");
    }
    return "alive";
  }
}
