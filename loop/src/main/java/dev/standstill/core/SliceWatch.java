package dev.standstill.core;

import dev.standstill.jdk.VirtualThreads;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Logs tasks that hold the carrier for too long, each place once, while they still do. A thread of
 * its own looks, at most once in the time that a slice may take.
 */
final class SliceWatch implements SliceObserver {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private final Object loop;
  private final long limit;
  private final Thread watcher;

  /** Places that have been logged; the watcher's. */
  private final Set<String> known = new TreeSet<>();

  // Written by the carrier.
  private volatile @Nullable Thread running;
  private volatile long slice;
  private volatile long begunAt;

  /**
   * @param limit after how many nanoseconds a slice is logged
   */
  private SliceWatch(Object loop, long limit) {
    this.loop = loop;
    this.limit = limit;
    watcher = Thread.ofPlatform().daemon().name("standstill-slice-watch").unstarted(this::watch);
  }

  static SliceWatch start(Object loop, long limit) {
    SliceWatch watch = new SliceWatch(loop, limit);
    watch.watcher.start();
    return watch;
  }

  void stop() {
    watcher.interrupt();
  }

  @Override
  public void sliceStarts(TaskRecord task, int choice, int ready) {
    slice++; // only the carrier writes it
    begunAt = System.nanoTime();
    running = task.thread();
  }

  @Override
  public void sliceEnded(TaskRecord task, boolean ended) {
    running = null;
  }

  private void watch() {
    try {
      long last = 0;
      while (true) {
        long current = slice;
        long held = running == null ? 0 : System.nanoTime() - begunAt;
        if (held >= limit && current != last) {
          last = current;
          look(current);
        }
        TimeUnit.NANOSECONDS.sleep(held < limit ? limit - held : limit);
      }
    } catch (InterruptedException stopped) {
      // Nobody wants to know any more.
    }
  }

  /** Logs the slice unless it has ended, for then the stack may be that of another. */
  private void look(long number) {
    Thread thread = running;
    if (thread == null) {
      return;
    }
    List<StackTraceElement> stack = VirtualThreads.stackWhileRunning(thread);
    if (slice == number && running == thread && known.add(place(stack))) {
      TaskState task = TaskState.running(thread);
      LOG.log(
          System.Logger.Level.WARNING,
          "Task \"%s\" has held the carrier of %s for %d ms%s:%s"
              .formatted(
                  task.name(),
                  loop,
                  TimeUnit.NANOSECONDS.toMillis(limit),
                  FileCalls.in(stack)
                      .map(SliceWatch::inFiles)
                      .orElse("; meanwhile no other task runs"),
                  lines(stack)));
    }
  }

  /** The program's own innermost method; it may be at another line by the next time. */
  private static String place(List<StackTraceElement> stack) {
    return CodeOwner.placeIn(stack)
        .map(frame -> frame.getClassName() + "." + frame.getMethodName())
        .orElse("");
  }

  /** No loop can let others run while a file is read or written. */
  private static String inFiles(String call) {
    return " in %s; meanwhile no other task runs. Let a thread outside the loop wait for files: EventLoop.callOutside(() -> ...)"
        .formatted(call);
  }

  private static String lines(List<StackTraceElement> stack) {
    return stack.stream().map("%n      at %s"::formatted).collect(Collectors.joining());
  }
}
