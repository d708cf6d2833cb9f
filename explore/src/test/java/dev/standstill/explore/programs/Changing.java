package dev.standstill.explore.programs;

/** A program as it is at first, and as it is when somebody has changed it. */
public final class Changing {

  /** Where {@link #run} throws. */
  public static final int LINE_OF_FAILURE = 43;

  /** At how many points it can be preempted, if nothing is added. */
  public static final int POINTS = 8;

  private volatile int count;
  private volatile int other;

  private Changing() {}

  /** What has become of it. */
  public enum Kind {
    /** Two threads increment a volatile counter. */
    BROKEN,
    /** The same steps, and nobody minds what is counted. */
    MENDED,
    /** The same, and the threads do more. */
    MENDED_WITH_MORE_POINTS,
    /** They do more, and it fails whatever they do. */
    FAILS_ANYWAY
  }

  /** Runs it as it is. */
  public static void run(Kind kind) throws InterruptedException {
    Changing program = new Changing();
    boolean more = kind == Kind.MENDED_WITH_MORE_POINTS || kind == Kind.FAILS_ANYWAY;
    Runnable increment =
        () -> {
          if (more) {
            program.other = program.other + 1;
          }
          program.count = program.count + 1;
        };
    Together.run(increment, increment);
    boolean minds = kind == Kind.BROKEN && program.count != 2 || kind == Kind.FAILS_ANYWAY;
    if (minds) {
      throw new AssertionError("counted " + program.count);
    }
  }
}
