package dev.standstill.core;

import dev.standstill.jdk.VirtualThreads;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/**
 * The events that a loop leaves in a JFR recording. Loop-confined; only to be touched while {@link
 * FlightRecordings#areRunning}.
 *
 * <p>As with the JDK's own events of virtual threads, starts and ends are off unless a recording
 * asks for them, and slices and standstills are recorded from 20 ms on.
 *
 * <p>All are committed by the carrier between slices. JFR loses what a carrier commits next after a
 * virtual thread on it has committed something (seen with JDK 25.0.3).
 */
final class FlightEvents implements SliceObserver {

  private final String loop;
  private @Nullable SliceEvent slice;

  FlightEvents(Object loop) {
    this.loop = loop.toString();
  }

  private void taskStarts(TaskRecord task) {
    var event = new TaskStartEvent();
    if (event.shouldCommit()) {
      event.fill(loop, task);
      event.commit();
    }
  }

  @Override
  public void sliceStarts(TaskRecord task, int choice, int ready) {
    if (VirtualThreads.state(task.thread()) == VirtualThreads.STARTED) {
      taskStarts(task);
    }
    slice = new SliceEvent();
    slice.begin();
  }

  @Override
  public void sliceEnded(TaskRecord task, boolean ended) {
    SliceEvent event = slice;
    slice = null;
    if (event != null) {
      event.end();
      if (event.shouldCommit()) {
        event.fill(loop, task);
        event.commit();
      }
    }
    if (ended) {
      taskEnded(task);
    }
  }

  private void taskEnded(TaskRecord task) {
    var event = new TaskEndEvent();
    if (event.shouldCommit()) {
      event.fill(loop, task);
      event.commit();
    }
  }

  /** All tasks are blocked from now on, until {@link #standstillEnds}. */
  StandstillEvent standstillBegins() {
    var event = new StandstillEvent();
    event.begin();
    return event;
  }

  void standstillEnds(StandstillEvent event, int tasks, long virtualNanos) {
    event.end();
    if (event.shouldCommit()) {
      event.loop = loop;
      event.tasks = tasks;
      event.virtualTime = virtualNanos;
      event.commit();
    }
  }

  /** What all events of tasks say. */
  @Category({"Standstill", "Event loop"})
  @StackTrace(false)
  @SuppressWarnings("UnusedVariable") // JFR reads the fields
  private abstract static class TaskEvent extends Event {
    @Label("Event Loop")
    @Nullable String loop;

    @Label("Task")
    @Nullable String task;

    @Label("Task Number")
    @Description("1 for the first task that its loop has started")
    int number;

    void fill(String ofLoop, TaskRecord record) {
      loop = ofLoop;
      task = record.name();
      number = record.id();
    }
  }

  @Name("dev.standstill.TaskStart")
  @Label("Task Start")
  @Enabled(false)
  private static final class TaskStartEvent extends TaskEvent {}

  @Name("dev.standstill.TaskEnd")
  @Label("Task End")
  @Enabled(false)
  private static final class TaskEndEvent extends TaskEvent {}

  @Name("dev.standstill.Slice")
  @Label("Slice")
  @Description("A task ran until it blocked, yielded or ended")
  @Threshold("20 ms")
  private static final class SliceEvent extends TaskEvent {}

  /** The carrier had nothing to run. */
  @Name("dev.standstill.Standstill")
  @Label("Standstill")
  @Description("No task of the loop could run")
  @Category({"Standstill", "Event loop"})
  @StackTrace(false)
  @Threshold("20 ms")
  @SuppressWarnings("UnusedVariable") // JFR reads the fields
  static final class StandstillEvent extends Event {
    @Label("Event Loop")
    @Nullable String loop;

    @Label("Blocked Tasks")
    int tasks;

    @Label("Virtual Time")
    @Description("By how much virtual time moved; 0 on a loop in real time")
    @Timespan(Timespan.NANOSECONDS)
    long virtualTime;
  }
}
