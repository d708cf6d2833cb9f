package dev.standstill.core;

import java.util.Arrays;
import java.util.List;

/** The program's own place that called into a loop, for messages. */
public final class CallSite {

  /**
   * Class names start with one of these where loops and what they offer, and what runs programs or
   * tests on them, are.
   */
  private static final List<String> LOOPS =
      List.of(
          "dev.standstill.core.",
          "dev.standstill.jdk.",
          "dev.standstill.hooks.",
          "dev.standstill.Event",
          "dev.standstill.GroupTasks",
          "dev.standstill.RealTimeLoop",
          "dev.standstill.TaskGroup",
          "dev.standstill.Timeout",
          "dev.standstill.cli.",
          "dev.standstill.jdbc.",
          "dev.standstill.junit.LoopExtension",
          "dev.standstill.junit.Performer",
          "dev.standstill.junit.Phase",
          "dev.standstill.junit.Stage",
          "dev.standstill.test.Driver",
          "dev.standstill.test.TestLoop",
          "dev.standstill.test.VirtualTimeLoop",
          "org.junit.");

  private final Thread thread;
  private final Throwable here;

  /** The place that is calling now; what it looks like is found out when it is shown. */
  CallSite() {
    this(Thread.currentThread(), new Throwable());
  }

  /** The place in {@code thread} at which {@code here} was made. */
  CallSite(Thread thread, Throwable here) {
    this.thread = thread;
    this.here = here;
  }

  /** Shows the thread and the first frame of its stack that is neither the JDK's nor a loop's. */
  @Override
  public String toString() {
    String frame =
        Arrays.stream(here.getStackTrace())
            .filter(CallSite::isOwn)
            .findFirst()
            .map(CallSite::brief)
            .orElse("an unknown place");
    String kind = Scheduler.of(thread) == null ? "thread" : "task";
    return "%s \"%s\" (%s)".formatted(kind, thread.getName(), frame);
  }

  /** File and line as an editor finds them. */
  static String brief(StackTraceElement frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }

  /** Whether the frame belongs to the program, and not to the JDK or to Standstill's loops. */
  public static boolean isOwn(StackTraceElement frame) {
    String name = frame.getClassName();
    return !isJdk(frame, name) && LOOPS.stream().noneMatch(name::startsWith);
  }

  private static boolean isJdk(StackTraceElement frame, String name) {
    String module = frame.getModuleName();
    return module != null && (module.startsWith("java.") || module.startsWith("jdk."))
        || name.startsWith("java.");
  }
}
