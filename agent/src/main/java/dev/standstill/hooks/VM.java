package dev.standstill.hooks;

/**
 * Stands for {@code jdk.internal.misc.VM} while {@link Hooks} is compiled: {@code java.base}
 * exports that class to nobody. In the copy that the agent defines, the name is the JDK's.
 */
final class VM {

  private VM() {}

  static native long getNanoTimeAdjustment(long offsetInSeconds);
}
