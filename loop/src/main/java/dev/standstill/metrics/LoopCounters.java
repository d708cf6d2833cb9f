package dev.standstill.metrics;

import dev.standstill.EventLoop;
import dev.standstill.core.LiveScheduler;
import dev.standstill.core.LoopMeter;
import dev.standstill.core.TaskRecord;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one loop does. The carrier alone writes the numbers, so it needs no atomic addition;
 * any thread may read them.
 *
 * <p>The clock is read once for each slice: the end of one is the beginning of the next.
 */
final class LoopCounters implements LoopMeter {

  private final AtomicLong slices = new AtomicLong();
  private final AtomicLong busyNanos = new AtomicLong();
  private final AtomicBoolean running = new AtomicBoolean();

  /** When the slice began that runs, or the last one ended. */
  private final AtomicLong lastAt = new AtomicLong(System.nanoTime());

  private final RecentMaximum longestSlice = new RecentMaximum(lastAt.getPlain());
  private final Lag lag = new Lag(lastAt.getPlain());

  /** Held here, because registries such as Micrometer's hold what they ask weakly. */
  private final Readings readings;

  // Guarded by this.
  private @Nullable Runnable undoing;
  private boolean registered;
  private boolean closed;

  LoopCounters(EventLoop loop, LiveScheduler scheduler) {
    readings = new Readings(loop, scheduler, this);
  }

  /** What others read. */
  Readings readings() {
    return readings;
  }

  @Override
  public void batchStarts() {
    lastAt.setOpaque(System.nanoTime());
  }

  @Override
  public void sliceStarts(TaskRecord task, int choice, int ready) {
    running.setRelease(true);
  }

  @Override
  public void sliceEnded(TaskRecord task, boolean ended) {
    long now = System.nanoTime();
    long took = now - lastAt.getPlain();
    running.setOpaque(false);
    lastAt.setRelease(now);
    slices.setOpaque(slices.getPlain() + 1);
    busyNanos.setOpaque(busyNanos.getPlain() + took);
    longestSlice.add(took, now);
    lag.sliceEnded(now);
  }

  @Override
  public void slicePassed() {
    lag.sliceEnded(System.nanoTime());
  }

  @Override
  public boolean handsOver() {
    return lag.begins();
  }

  @Override
  public void admitted(int ahead) {
    lag.admitted(ahead);
  }

  long slices() {
    return slices.getOpaque();
  }

  long busyNanos() {
    return busyNanos.getOpaque();
  }

  boolean isSliceRunning() {
    return running.getAcquire();
  }

  long longestSliceNanos() {
    long now = System.nanoTime();
    long ofRunning = isSliceRunning() ? now - lastAt.getOpaque() : 0;
    return Math.max(longestSlice.at(now), ofRunning);
  }

  long lagNanos() {
    return lag.at(System.nanoTime());
  }

  /**
   * Does something once that is undone when the loop has ended; nothing if it has.
   *
   * @param done returns what undoes it
   */
  void untilClosed(Supplier<Runnable> done) {
    if (isFirst()) {
      Runnable undo = done.get();
      if (!undoLater(undo)) {
        undo.run();
      }
    }
  }

  private synchronized boolean isFirst() {
    boolean first = !closed && !registered;
    registered = true;
    return first;
  }

  private synchronized boolean undoLater(Runnable undo) {
    undoing = closed ? null : undo;
    return !closed;
  }

  @Override
  public void loopClosed() {
    lag.abandon();
    Runnable undo = takeUndoing();
    if (undo != null) {
      undo.run();
    }
  }

  private synchronized @Nullable Runnable takeUndoing() {
    closed = true;
    Runnable undo = undoing;
    undoing = null;
    return undo;
  }
}
