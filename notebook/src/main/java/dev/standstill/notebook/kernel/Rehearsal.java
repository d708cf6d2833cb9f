package dev.standstill.notebook.kernel;

/**
 * Starts a kernel without a front end, has it run a cell, and ends: what the JVM has loaded for
 * that is what every kernel begins with, see {@link StartupCache}.
 */
final class Rehearsal {

  private Rehearsal() {}

  /** Called by {@link StartupCache}. */
  public static void main(String[] arguments) {
    JavaKernel kernel = new JavaKernel();
    kernel.onStartup();
    kernel.eval("6 * 7");
    System.exit(0); // Past the thread that runs cells.
  }
}
