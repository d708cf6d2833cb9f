package dev.standstill.agent;

import java.util.List;

/**
 * The rows about waits for the end of a process, read from JDK 25.0.3. There a waiting thread parks
 * in a condition that is signalled by one of the JDK's own, the process reaper.
 */
final class ProcessRewrites {

  private static final String PROCESS = "java/lang/ProcessImpl";

  private static final Edit WAIT =
      new Edit.Around(Hook.ofWaits("awaitsProcess"), Hook.ofWaits("awaitedProcess"));

  private static final String OUTSIDE_IS_KNOWN =
      "the loop knows that a task waits for the end of a process";

  static final List<MethodRewrite> TABLE =
      List.of(
          new MethodRewrite(PROCESS, "waitFor", "()I", WAIT, OUTSIDE_IS_KNOWN),
          new MethodRewrite(
              PROCESS, "waitFor", "(JLjava/util/concurrent/TimeUnit;)Z", WAIT, OUTSIDE_IS_KNOWN));

  private ProcessRewrites() {}
}
