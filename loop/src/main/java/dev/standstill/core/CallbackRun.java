package dev.standstill.core;

import dev.standstill.jdk.VirtualThreads;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a thread runs that callbacks share: one after the other, as long as this is its first slice.
 * Each finds it as it finds a new thread. Where that cannot be had, or one throws, the thread ends;
 * its end does what is to be done then. Loop-confined.
 */
final class CallbackRun implements Runnable {

  private final LiveScheduler scheduler;
  private final @Nullable LoopMeter meter;
  private @Nullable Callback first;
  private @Nullable TaskRecord record;
  private int left;

  /** Whether the driver is to stop; null once the first slice has ended. */
  private @Nullable BooleanSupplier done;

  /**
   * @param left how many callbacks may be run in all
   * @param meter told of each; null if nobody measures
   */
  CallbackRun(
      LiveScheduler scheduler,
      Callback first,
      int left,
      BooleanSupplier done,
      @Nullable LoopMeter meter) {
    this.scheduler = scheduler;
    this.first = first;
    this.left = left;
    this.done = done;
    this.meter = meter;
  }

  /** Says whose thread runs this; before it does. */
  void record(TaskRecord task) {
    record = task;
  }

  /** The first slice has ended: a callback that goes on has the thread for itself. */
  void endSharing() {
    done = null;
  }

  /** How many callbacks might have been run still, counting the last one as well. */
  int left() {
    return left;
  }

  @Override
  public void run() {
    Thread thread = Thread.currentThread();
    Callback callback = first;
    first = null;
    while (callback != null) {
      callback.run();
      callback = mayGoOn(thread) ? next(thread) : null;
    }
  }

  private boolean mayGoOn(Thread thread) {
    BooleanSupplier stop = done;
    return stop != null
        && left > 1
        && isCallbackNext()
        && isAsNew(thread)
        && !stop.getAsBoolean()
        && done != null; // even if one of these has blocked
  }

  private boolean isCallbackNext() {
    return scheduler.ready.size() > 0 && scheduler.ready.get(0) instanceof Callback;
  }

  private boolean isAsNew(Thread thread) {
    return VirtualThreads.wipe(thread)
        && thread.getName().isEmpty()
        && thread.getUncaughtExceptionHandler() == scheduler.uncaught();
  }

  private Callback next(Thread thread) {
    TaskRecord own = Objects.requireNonNull(record);
    if (meter != null) {
      meter.sliceEnded(own, true);
      meter.sliceStarts(own, 0, scheduler.ready.size());
    }
    Callback next = (Callback) scheduler.ready.take(0);
    left--;
    scheduler.tasks.goesOn(own, next.number());
    own.startedBy(next.starter());
    next.prepare(thread);
    return next;
  }
}
