package dev.standstill.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.standstill.jdk.VirtualThreads;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The monitors and their hand-overs are the JVM's; only the slices are run by hand. */
class UnblocksTest {

  private final Slices slices = new Slices();
  private final Unblocks unblocks = new Unblocks();
  private final ReadyQueue ready = new ReadyQueue();
  private final Object first = new Object();
  private final Object second = new Object();
  private final Object third = new Object();

  @Test
  void watchesNobodyAtFirst() {
    assertThat(unblocks.isWatching()).isFalse();
    assertThat(unblocks.isInFlight()).isFalse();
  }

  @Test
  void hasNothingInFlightWhileTheMonitorIsHeld() throws InterruptedException {
    try (var _ = new HeldMonitor(first)) {
      blockOn(first, "waiter");
      assertThat(unblocks.isWatching()).isTrue();
      assertThat(unblocks.isInFlight()).isFalse();
    }
  }

  @Test
  void seesAHandOverFromTheMomentTheMonitorIsLeftUntilItHasArrived() throws InterruptedException {
    for (int round = 0; round < 200; round++) {
      TaskRecord task;
      try (var _ = new HeldMonitor(first)) {
        task = blockOn(first, "waiter");
      }
      assertThat(unblocks.isInFlight()).isTrue();
      Runnable slice = slices.take();
      assertThat(unblocks.isInFlight()).isTrue();
      task.handedOver = slice;
      awaitUnblocker();
      unblocks.takeArrivals(ready::add);
      ready.take(0).run();
    }
  }

  /** Else it would look like one to the same task when that has run and blocked again. */
  @Test
  void seesAHandOverThatHasArrivedUntilTheUnblockerIsDoneWithIt() throws InterruptedException {
    TaskRecord task;
    try (var _ = new HeldMonitor(first)) {
      task = blockOn(first, "waiter");
      slices.holdHandOvers();
    }
    try {
      task.handedOver = slices.take();
      assertThat(unblocks.isInFlight()).isTrue();
    } finally {
      slices.letHandOversEnd();
    }
    awaitUnblocker();
  }

  @Test
  void makesArrivalsReadyInTheOrderInWhichTheTasksHaveBlocked() throws InterruptedException {
    Map<Thread, TaskRecord> blocked = new HashMap<>();
    List<TaskRecord> inOrder = new ArrayList<>();
    try (var _ = new HeldMonitor(first);
        var _ = new HeldMonitor(second);
        var _ = new HeldMonitor(third)) {
      inOrder.add(blockOn(second, "blocked first"));
      inOrder.add(blockOn(third, "blocked second"));
      inOrder.add(blockOn(first, "blocked third"));
    }
    inOrder.forEach(task -> blocked.put(task.thread(), task));
    for (int arrivals = 0; arrivals < 3; arrivals++) {
      Runnable slice = slices.take();
      blocked.get(VirtualThreads.threadOf(slice)).handedOver = slice;
    }
    unblocks.takeArrivals(ready::add);
    assertThat(threadsReady()).isEqualTo(inOrder.stream().map(TaskRecord::thread).toList());
    inOrder.forEach(unblocks::runs);
    assertThat(unblocks.isWatching()).isFalse();
  }

  @Test
  void goesOnWatchingThoseThatHaveNotArrived() throws InterruptedException {
    try (var _ = new HeldMonitor(second)) {
      TaskRecord arrives;
      try (var _ = new HeldMonitor(first)) {
        blockOn(second, "stays");
        arrives = blockOn(first, "arrives");
      }
      arrives.handedOver = slices.take();
      unblocks.takeArrivals(ready::add);
      assertThat(threadsReady()).containsExactly(arrives.thread());
      assertThat(unblocks.isWatching()).isTrue();
    }
  }

  @Test
  void watchesATaskThatTheLoopItselfMadeReadyUntilTheUnblockerIsDoneWithIt()
      throws InterruptedException {
    TaskRecord task;
    try (var _ = new HeldMonitor(first)) {
      task = blockOn(first, "waiter");
      unblocks.forget(task);
      unblocks.forget(task);
      assertThat(unblocks.isInFlight()).isFalse();
    }
    slices.take();
    awaitUnblocker();
    assertThat(unblocks.isWatching()).isTrue();
    unblocks.runs(task);
    assertThat(unblocks.isWatching()).isFalse();
  }

  private void awaitUnblocker() {
    while (unblocks.isInFlight()) {
      Thread.onSpinWait();
    }
  }

  /** Starts a task that waits for a monitor that the calling thread holds. */
  private TaskRecord blockOn(Object monitor, String name) throws InterruptedException {
    Thread thread =
        slices.start(
            name,
            () -> {
              synchronized (monitor) {
                Thread.onSpinWait();
              }
            });
    slices.runNext();
    assertThat(VirtualThreads.state(thread)).isEqualTo(VirtualThreads.BLOCKED);
    TaskRecord task = new TaskRecord(thread, null);
    unblocks.watch(task);
    return task;
  }

  private List<Thread> threadsReady() {
    List<Thread> threads = new ArrayList<>();
    while (ready.size() > 0) {
      threads.add(((TaskRecord) ready.take(0)).thread());
    }
    return threads;
  }
}
