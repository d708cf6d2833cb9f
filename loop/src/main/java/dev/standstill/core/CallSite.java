package dev.standstill.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The program's own place that called into a loop, for messages. */
public final class CallSite {

  /** So many frames are looked at, where what is called is near. */
  private static final int DEPTH = 50;

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

  /** The place that is calling now, in words, where none is kept. */
  static String here() {
    List<StackTraceElement> stack =
        StackWalker.getInstance()
            .walk(frames ->
                frames.limit(DEPTH).map(StackWalker.StackFrame::toStackTraceElement).toList());
    return words(Thread.currentThread(), stack);
  }

  /** Some place in the calling thread, for loops that keep no origins. */
  static CallSite unknown() {
    return new CallSite(Thread.currentThread(), null);
  }

  /** Shows the thread and its place in the program. */
  @Override
  public String toString() {
    return words(thread, here == null ? List.of() : List.of(here.getStackTrace()));
  }

  private static String words(Thread thread, List<StackTraceElement> stack) {
    String frame = CodeOwner.placeIn(stack).map(CallSite::brief).orElse("an unknown place");
    String kind = Scheduler.of(thread) == null ? "thread" : "task";
    return "%s \"%s\" (%s)".formatted(kind, thread.getName(), frame);
  }

  /** File and line as an editor finds them. */
  static String brief(StackTraceElement frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }
}
