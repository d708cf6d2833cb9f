package dev.standstill.probe;

import dev.standstill.test.TestLoop;
import java.util.ArrayList;
import java.util.List;

/** Opens test loops in a JVM in which a class could not be initialised. */
public final class FailedInitializer {

  /** Reads a clock, so that the agent has something to change in it. */
  private static final class Broken {
    static final long MADE_AT = System.nanoTime();
    static final int NUMBER = Integer.parseInt("not a number");
  }

  /** Draws when it is initialised, which is to change nothing for who comes first. */
  private static final class Later {
    static final double DRAWN = Math.random();
  }

  private FailedInitializer() {}

  public static void main(String[] arguments) throws Exception {
    try {
      System.out.println(Broken.NUMBER);
    } catch (ExceptionInInitializerError e) {
      System.out.println("failed: " + e.getCause().getMessage());
    }
    Class.forName(Later.class.getName(), false, FailedInitializer.class.getClassLoader());
    List<Double> draws = new ArrayList<>();
    for (int run = 0; run < 2; run++) {
      try (TestLoop loop = TestLoop.open()) {
        draws.add(loop.run(() -> Later.DRAWN < 0 ? 0 : Math.random()));
      }
    }
    System.out.println("same: " + draws.getFirst().equals(draws.getLast()));
  }
}
