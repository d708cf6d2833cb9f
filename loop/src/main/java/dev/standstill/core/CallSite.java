package dev.standstill.core;

import java.util.List;

/** The program's own place that called into a loop, for messages. */
public final class CallSite {

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

  /** Shows the thread and its place in the program. */
  @Override
  public String toString() {
    String frame =
        CodeOwner.placeIn(List.of(here.getStackTrace()))
            .map(CallSite::brief)
            .orElse("an unknown place");
    String kind = Scheduler.of(thread) == null ? "thread" : "task";
    return "%s \"%s\" (%s)".formatted(kind, thread.getName(), frame);
  }

  /** File and line as an editor finds them. */
  static String brief(StackTraceElement frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }
}
