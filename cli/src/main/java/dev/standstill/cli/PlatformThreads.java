package dev.standstill.cli;

import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The platform threads of the program. They run beside its loop, in real time, and may wake tasks;
 * so while one is at work, nothing is called a deadlock, and the run does not end.
 *
 * <p>A thread that waits without a limit is not at work. Whether one is a daemon is not asked,
 * because those that a virtual thread makes are, unless they are told otherwise.
 */
final class PlatformThreads {

  /** How long they may work without waking a task: as long as a loop waits for what is outside. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

  /** JDK 25, java.lang.Thread: what a virtual thread makes belongs to this group. */
  private final ThreadGroup group =
      Objects.requireNonNull(Thread.ofVirtual().unstarted(() -> {}).getThreadGroup());

  PlatformThreads() {}

  /** The names of those at work. */
  List<String> busy() {
    Thread[] threads = new Thread[group.activeCount() + 16];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(thread -> thread.getState() != Thread.State.WAITING)
        .map(Thread::getName)
        .toList();
  }

  /** Waits until one of them has woken a task, which has run then; false if none does. */
  boolean awaitSliceOf(TestLoop loop) throws InterruptedException {
    long slices = loop.slices();
    long began = System.nanoTime();
    boolean goOn;
    do {
      goOn = !busy().isEmpty() && System.nanoTime() - began < LIMIT.toNanos();
      loop.runReady();
      if (loop.slices() > slices) {
        return true;
      }
      Thread.sleep(LOOK_AGAIN);
    } while (goOn);
    return false;
  }
}
