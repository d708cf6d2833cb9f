package dev.standstill.jdk;

/** Tells the thread that the launcher runs {@code main} in from all others. */
public final class MainThread {

  /** Read from {@code Thread.PRIMORDIAL_TID}, JDK 25; {@code JvmTest} would see it change. */
  private static final long ID = 3;

  private MainThread() {}

  /** Whether {@code thread} is the main thread. Any thread may call. */
  public static boolean is(Thread thread) {
    return thread.threadId() == ID;
  }
}
