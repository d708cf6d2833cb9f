package dev.standstill.core;

import dev.standstill.jdk.VirtualThreads;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tasks that have started and not ended. Loop-confined. */
final class TaskTable {

  /**
   * By {@code VirtualThread.hashCode}, which is the thread's id (JDK 25); an identity hash code
   * would cost a call of the JVM for each new thread.
   */
  private final Map<Thread, TaskRecord> records = new HashMap<>();

  private int started;
  private int foreground;
  private int nonDaemons;

  /** How many have a number and no thread yet. */
  private int expected;

  void add(TaskRecord record) {
    add(record, ++started);
  }

  /** A task has come that gets a thread later; returns its number. */
  int expect() {
    expected++;
    return ++started;
  }

  /** The expected task of that number has a thread now. */
  void addExpected(TaskRecord record, int number) {
    expected--;
    add(record, number);
  }

  /** The thread of {@code record} has done with its task, and goes on as the expected one. */
  void goesOn(TaskRecord record, int number) {
    expected--;
    record.id(number);
  }

  /** A task is back that was removed without having ended. */
  void addAgain(TaskRecord record) {
    add(record, record.id());
  }

  private void add(TaskRecord record, int number) {
    record.id(number);
    records.put(record.thread(), record);
    foreground += record.isBackground() ? 0 : 1;
    nonDaemons += record.isNonDaemon() ? 1 : 0;
  }

  void remove(Thread thread) {
    TaskRecord removed = records.remove(thread);
    if (removed != null) {
      foreground -= removed.isBackground() ? 0 : 1;
      nonDaemons -= removed.isNonDaemon() ? 1 : 0;
    }
  }

  /** Forgets the task that {@code slice} has just run, if it has ended. */
  void removeIfEnded(Runnable slice) {
    Thread thread = VirtualThreads.threadOf(slice);
    if (VirtualThreads.state(thread) == VirtualThreads.TERMINATED) {
      remove(thread);
    }
  }

  /** The task that is {@code thread}, or that backs it. */
  @Nullable TaskRecord of(Thread thread) {
    return records.get(VirtualThreads.backing(thread));
  }

  int size() {
    return records.size() + expected;
  }

  /** How many of them have no thread yet. */
  int expected() {
    return expected;
  }

  /** How many of them are not in the background. */
  int foreground() {
    return foreground + expected;
  }

  /** How many of them are platform threads of the program, and no daemons. */
  int nonDaemons() {
    return nonDaemons;
  }

  int started() {
    return started;
  }

  /** The living tasks that have a thread, in the order in which they were started. */
  List<TaskRecord> inOrder() {
    return records.isEmpty()
        ? List.of()
        : records.values().stream().sorted(Comparator.comparingInt(TaskRecord::id)).toList();
  }
}
