package dev.standstill.jdk;

import java.lang.invoke.VarHandle;

/**
 * Whether programs say when they take locks and give them back, for the loops that have a seed. Any
 * thread may call.
 */
public final class SeededPrograms {

  private static final String THREADS = "java.lang.StandstillThreads";

  private static final VarHandle SEEDED = Hooks.field(THREADS, "seeded", boolean.class);

  private static int open;

  private SeededPrograms() {}

  /** A loop with a seed opens: from when this returns programs say so. */
  public static synchronized void opens() {
    if (open == 0) {
      ((Runnable) Hooks.field(THREADS, "seedsPrograms", Runnable.class).getVolatile()).run();
      SEEDED.setVolatile(true);
    }
    open++;
  }

  /** Such a loop has been closed. */
  public static synchronized void closes() {
    if (--open == 0) {
      SEEDED.setVolatile(false);
    }
  }
}
