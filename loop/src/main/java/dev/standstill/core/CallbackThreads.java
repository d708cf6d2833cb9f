package dev.standstill.core;

import dev.standstill.jdk.VirtualThreads;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives callbacks their threads when it is their turn. Loop-confined.
 *
 * <p>A callback is in line with all other slices of its loop. When it comes to the head, a virtual
 * thread is started for it, and runs also those callbacks that are then at the head, one after the
 * other, until one of them blocks; that keeps the thread, and the next one gets another. So nothing
 * runs at another moment than if each had a thread of its own.
 */
final class CallbackThreads {

  private final LiveScheduler scheduler;

  /** The callback whose thread is being started. */
  private @Nullable Callback starting;

  private @Nullable TaskRecord started;

  CallbackThreads(LiveScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** Puts a callback in line. */
  void add(Callback callback) {
    callback.number(scheduler.tasks.expect());
    scheduler.ready.add(callback);
  }

  /**
   * Runs {@code first}, and further ones in the same thread while it may: {@code left} slices in
   * all, each counting as one, and until {@code done}. Returns how many are left, with the last one
   * not yet taken off.
   *
   * @param meter to be told of each as of a slice of its own; null if nobody measures
   */
  int run(Callback first, int left, BooleanSupplier done, @Nullable LoopMeter meter) {
    CallbackRun run = new CallbackRun(scheduler, first, left, done, meter);
    TaskRecord record = start(first, run);
    run.record(record);
    if (meter != null) {
      meter.sliceStarts(record, 0, scheduler.ready.size() + 1);
    }
    try {
      scheduler.run(record.slice());
    } finally {
      run.endSharing();
    }
    if (meter != null) {
      meter.sliceEnded(record, VirtualThreads.state(record.thread()) == VirtualThreads.TERMINATED);
    }
    return run.left();
  }

  /** Starts a thread for {@code callback} alone; returns its first slice, which is in no line. */
  Runnable start(Callback callback) {
    return start(callback, callback).slice();
  }

  /** Puts in the place of each callback in line a slice of a thread of its own. */
  void startAll() {
    if (scheduler.tasks.expected() == 0) {
      return;
    }
    for (int i = 0; i < scheduler.ready.size(); i++) {
      if (scheduler.ready.get(i) instanceof Callback callback) {
        scheduler.ready.replace(i, start(callback));
      }
    }
  }

  private TaskRecord start(Callback callback, Runnable body) {
    Thread thread =
        VirtualThreads.builder(scheduler).inheritInheritableThreadLocals(false).unstarted(body);
    callback.prepare(thread);
    starting = callback;
    try {
      thread.start();
      return Objects.requireNonNull(started);
    } finally {
      starting = null;
      started = null;
    }
  }

  /**
   * Called with the first slice of each thread that is started on the carrier; true if that is one
   * of these, which then does not go to the end of the line.
   */
  boolean take(Runnable slice, TaskRecord task) {
    Callback callback = starting;
    if (callback == null) {
      return false;
    }
    starting = null;
    scheduler.tasks.addExpected(task, callback.number());
    task.startedBy(callback.starter());
    scheduler.giveHandler(task.thread());
    started = task.with(slice);
    return true;
  }
}
