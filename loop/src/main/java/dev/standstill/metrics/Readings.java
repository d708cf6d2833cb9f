package dev.standstill.metrics;

import dev.standstill.EventLoop;
import dev.standstill.core.LiveScheduler;
import java.util.concurrent.TimeUnit;

/** Reads the numbers of one loop. */
record Readings(EventLoop loop, LiveScheduler scheduler, LoopCounters counters)
    implements EventLoopMXBean {

  @Override
  public String getName() {
    return loop.name();
  }

  @Override
  public int getTaskCount() {
    return scheduler.taskCount();
  }

  @Override
  public int getBlockedTaskCount() {
    return Math.max(0, scheduler.taskCount() - scheduler.runnableCount(counters.isSliceRunning()));
  }

  @Override
  public long getStartedTaskCount() {
    return scheduler.startedCount();
  }

  @Override
  public int getQueueLength() {
    return scheduler.queueLength();
  }

  @Override
  public long getSliceCount() {
    return counters.slices();
  }

  @Override
  public long getBusyMicros() {
    return micros(counters.busyNanos());
  }

  @Override
  public long getLongestSliceMicros() {
    return micros(counters.longestSliceNanos());
  }

  @Override
  public long getLagMicros() {
    long lag = counters.lagNanos();
    scheduler.wake(); // handed over, and so measured if nothing else is
    return micros(lag);
  }

  @Override
  public String taskTree() {
    return loop.taskTree();
  }

  private static long micros(long nanos) {
    return TimeUnit.NANOSECONDS.toMicros(nanos);
  }
}
