package dev.standstill.cli;

import dev.standstill.test.TestLoop;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The platform threads of the program. They run beside its loop, in real time, and may wake tasks;
 * so while one could, nothing is called a deadlock, and while one is at work, the run does not end.
 *
 * <p>Whether one is a daemon is not asked, because those that a virtual thread makes are, unless
 * they are told otherwise.
 */
final class PlatformThreads {

  /** How long they may go on without waking a task: as long as a loop waits for what is outside. */
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(1);

  /** JDK 25, java.lang.Thread: what a virtual thread makes belongs to this group. */
  private final ThreadGroup group =
      Objects.requireNonNull(Thread.ofVirtual().unstarted(() -> {}).getThreadGroup());

  PlatformThreads() {}

  /** Those that do not wait without a limit, for what these wait for has to come from a task. */
  List<Thread> active() {
    Thread[] threads = new Thread[group.activeCount() + 16];
    int count = group.enumerate(threads);
    return Arrays.stream(threads, 0, count)
        .filter(thread -> thread.getState() != Thread.State.WAITING)
        .filter(thread -> !isOfJdk(thread))
        .toList();
  }

  /** Those that are active and not parked with a limit, as the idle threads of a pool are. */
  List<Thread> atWork() {
    return active().stream().filter(thread -> LockSupport.getBlocker(thread) == null).toList();
  }

  /** As the selector of an HTTP client is, which never ends by itself. */
  private static boolean isOfJdk(Thread thread) {
    return thread.getClass() != Thread.class && thread.getClass().getModule().isNamed();
  }

  /** Waits until one of them has woken a task, which has run then; false if none does. */
  boolean awaitSliceOf(TestLoop loop) throws InterruptedException {
    Supplier<List<Thread>> awaited = loop.blocked().isEmpty() ? this::atWork : this::active;
    long slices = loop.slices();
    long began = System.nanoTime();
    boolean goOn;
    do {
      goOn = !awaited.get().isEmpty() && System.nanoTime() - began < LIMIT.toNanos();
      loop.runReady();
      if (loop.slices() > slices) {
        return true;
      }
      Thread.sleep(LOOK_AGAIN);
    } while (goOn);
    return false;
  }
}
