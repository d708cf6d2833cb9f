package dev.standstill.core;

import dev.standstill.jdk.VirtualThreads;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task that keeps the carrier of its loop, so that no other can run. Immutable.
 *
 * @param task who keeps it
 * @param awaited the task that it waits for meanwhile; null if it does not wait for one
 * @param stack where it is, innermost frame first
 * @param driver the thread that drives, which is the carrier
 */
public record HeldCarrier(
    TaskRecord task, @Nullable TaskRecord awaited, List<StackTraceElement> stack, Thread driver) {

  static HeldCarrier byWaiting(TaskRecord running, TaskRecord awaited) {
    return new HeldCarrier(
        running,
        awaited,
        List.of(new Throwable().getStackTrace()),
        VirtualThreads.currentCarrier());
  }

  /** What another thread sees of a running task; null if it does not run any more. */
  public static @Nullable HeldCarrier seen(TaskRecord running, Thread driver) {
    List<StackTraceElement> stack = VirtualThreads.stackWhileRunning(running.thread());
    return stack.isEmpty() ? null : new HeldCarrier(running, null, stack, driver);
  }

  /** Whether the innermost frame is that of a native method. */
  public boolean isInNativeCode() {
    return stack.getFirst().isNativeMethod();
  }

  /** The class whose initialiser the task runs, or null. */
  public @Nullable String initialising() {
    return stack.stream()
        .filter(frame -> frame.getMethodName().equals("<clinit>"))
        .map(StackTraceElement::getClassName)
        .findFirst()
        .orElse(null);
  }
}
