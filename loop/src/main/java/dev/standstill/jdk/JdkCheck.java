package dev.standstill.jdk;

import java.util.function.Predicate;

/** Looks, before the first loop opens, for all that loops rely on. Any thread may call. */
public final class JdkCheck {

  private JdkCheck() {}

  /**
   * Returns when a production loop can work in this JVM.
   *
   * @throws UnsupportedJdkException if not; its message says what is missing and what to do
   */
  public static void requireForLoops() {
    AgentHooks.openJdk();
    Checked.requireLoops();
  }

  /**
   * Returns when a test loop can work in this JVM.
   *
   * @throws UnsupportedJdkException if not; its message says what is missing and what to do
   * @throws IllegalStateException if the agent is not there and cannot be attached
   */
  public static void requireForTestLoops() {
    AgentHooks.attach();
    AgentHooks.openJdk();
    Checked.requireLoops();
    Checked.requireTestLoops();
  }

  static void checkLoops(Predicate<Piece> present) {
    Internals.resolve(present);
  }

  static void checkTestLoops(Predicate<Piece> present) {
    Inspection.resolve(present);
  }

  /** What was looked up once is not looked up again. */
  private static final class Checked {
    private static volatile boolean loops;
    private static volatile boolean testLoops;

    static void requireLoops() {
      if (!loops) {
        checkLoops(piece -> true);
        loops = true;
      }
    }

    static void requireTestLoops() {
      if (!testLoops) {
        checkTestLoops(piece -> true);
        testLoops = true;
      }
    }
  }
}
