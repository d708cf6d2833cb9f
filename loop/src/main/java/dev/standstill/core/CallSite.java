package dev.standstill.core;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The program's own place that called into a loop, for messages. */
public final class CallSite {

  private final Thread thread;
  private final @Nullable Throwable here;

  /** The place that is calling now; what it looks like is found out when it is shown. */
  CallSite() {
    this(Thread.currentThread(), new Throwable());
  }

  /** The place in {@code thread} at which {@code here} was made; null if it is not known. */
  CallSite(Thread thread, @Nullable Throwable here) {
    this.thread = thread;
    this.here = here;
  }

  /** Some place in the calling thread, for loops that keep no origins. */
  static CallSite unknown() {
    return new CallSite(Thread.currentThread(), null);
  }

  /** Shows the thread and its place in the program. */
  @Override
  public String toString() {
    String frame =
        Optional.ofNullable(here)
            .flatMap(known -> CodeOwner.placeIn(List.of(known.getStackTrace())))
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
