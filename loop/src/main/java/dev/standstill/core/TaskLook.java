package dev.standstill.core;

import dev.standstill.jdk.VirtualThreads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A look at all tasks of a loop that runs, on behalf of another thread: the carrier looks at some
 * of them at a time and lets the loop go on in between, because the stack of a task can take long
 * to read. Each task is told as it was when it was looked at; those that have ended by then are
 * not.
 *
 * <p>If some of them wait for monitors, it looks at all a second time, for those that have these:
 * only the tasks themselves tell.
 */
final class TaskLook {

  /** How long the carrier looks before it lets the loop go on. */
  private static final long PORTION_NANOS = 1_000_000;

  /** So many are looked at in any case: a few tasks are told as they are at one moment. */
  private static final int PORTION_TASKS = 16;

  private final Scheduler scheduler;

  /** Takes what is to be done on the carrier, a little later. */
  private final Consumer<Runnable> later;

  private final CountDownLatch done = new CountDownLatch(1);

  // Carrier-confined.
  private List<TaskRecord> tasks = List.of();
  private int next;
  private int nextOwner;

  // Guarded by this.
  private final List<TaskSight> told = new ArrayList<>();
  private int portions;
  private int all;

  TaskLook(Scheduler scheduler, Consumer<Runnable> later) {
    this.scheduler = scheduler;
    this.later = later;
  }

  /** Looks at all tasks without letting the loop go on; for the carrier. */
  static List<TaskState> atOnce(Scheduler scheduler) {
    Deque<Runnable> portions = new ArrayDeque<>();
    TaskLook look = new TaskLook(scheduler, portions::add);
    look.begin();
    while (!portions.isEmpty()) {
      portions.remove().run();
    }
    return look.told();
  }

  /** Begins to look; for the carrier. */
  void begin() {
    tasks = scheduler.tasks();
    goOn();
  }

  private void goOn() {
    long end = System.nanoTime() + PORTION_NANOS;
    List<TaskSight> portion = new ArrayList<>();
    int enough = next + PORTION_TASKS;
    while (next < tasks.size() && (next < enough || System.nanoTime() - end < 0)) {
      TaskRecord task = tasks.get(next++);
      if (VirtualThreads.state(task.thread()) != VirtualThreads.TERMINATED) {
        portion.add(TaskSight.of(task));
      }
    }
    tell(portion);
    if (next < tasks.size()) {
      later.accept(this::goOn);
    } else {
      tasks = List.of();
      findOwners();
    }
  }

  private synchronized void tell(List<TaskSight> portion) {
    told.addAll(portion);
    all = tasks.size();
    portions++;
  }

  /** Holds up nobody but who asks for what was told. */
  private synchronized void findOwners() {
    if (nextOwner == 0 && told.stream().noneMatch(TaskSight::waitsForMonitor)) {
      done.countDown();
      return;
    }
    long end = System.nanoTime() + PORTION_NANOS;
    int enough = nextOwner + PORTION_TASKS;
    while (nextOwner < told.size() && (nextOwner < enough || System.nanoTime() - end < 0)) {
      told.set(nextOwner, told.get(nextOwner).withMonitors());
      nextOwner++;
    }
    portions++;
    if (nextOwner < told.size()) {
      later.accept(this::findOwners);
    } else {
      done.countDown();
    }
  }

  /** Waits until all are told, but not longer than {@code millis} for the next portion. */
  boolean await(long millis) throws InterruptedException {
    int before;
    do {
      before = portions();
      if (done.await(millis, TimeUnit.MILLISECONDS)) {
        return true;
      }
    } while (portions() != before);
    return false;
  }

  private synchronized int portions() {
    return portions;
  }

  /** What has been told so far, in the order in which the tasks were started. */
  List<TaskState> told() {
    return TaskSight.resolve(soFar());
  }

  private synchronized List<TaskSight> soFar() {
    return List.copyOf(told);
  }

  /** How many tasks there were when the look began; 0 before. */
  synchronized int all() {
    return all;
  }
}
