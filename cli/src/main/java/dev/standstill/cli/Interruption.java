package dev.standstill.cli;

/**
 * Does something when the user ends the JVM with Ctrl-C, or another with a signal, while a program
 * runs. The JVM then exits with 128 and the signal's number, 130 for Ctrl-C, by itself.
 */
final class Interruption implements AutoCloseable {

  private final Thread hook;

  /**
   * @param bySignal what to do on a signal
   * @param byExit what to do if the JVM exits otherwise
   */
  Interruption(Runnable bySignal, Runnable byExit) {
    hook = Thread.ofPlatform().unstarted(() -> (isSignalled() ? bySignal : byExit).run());
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** JDK 25, jdk.internal.misc.Signal: a thread named after the signal carries out the exit. */
  private static boolean isSignalled() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().matches("SIG[A-Z]+ handler"));
  }

  /** The program has ended; from now on nothing is done. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is exiting already, and the hook runs.
    }
  }
}
