package dev.standstill.core;

import dev.standstill.jdk.BlockedThread;
import dev.standstill.jdk.ThreadStates;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the task that owns a monitor, or whose end is waited for, among tasks that do not run
 * meanwhile. The JDK does not tell, but each thread tells its monitors and who joins it; all are
 * asked once, and only if anybody wants to know.
 *
 * <p>It compares objects instead of asking for their identity hash codes: those of a program's
 * objects are drawn when somebody asks for the first time.
 */
final class WaitIndex {

  private record Entry(Object key, TaskRecord task) {}

  private final List<TaskRecord> all;
  private @Nullable List<Entry> monitors;
  private @Nullable List<Entry> joined;

  WaitIndex(List<TaskRecord> all) {
    this.all = all;
  }

  /** The task that owns the monitor of an object, or null. */
  @Nullable TaskRecord ownerOf(Object monitor) {
    List<Entry> owners = monitors;
    if (owners == null) {
      owners = new ArrayList<>();
      for (TaskRecord task : all) {
        BlockedThread look = task.look();
        for (Object owned : look == null ? List.of() : look.monitors()) {
          owners.add(new Entry(owned, task));
        }
      }
      monitors = owners;
    }
    return find(monitor, owners);
  }

  /** The task whose end those wait for who park on {@code latch}, or null. */
  @Nullable TaskRecord joined(Object latch) {
    List<Entry> tasks = joined;
    if (tasks == null) {
      tasks = new ArrayList<>();
      for (TaskRecord task : all) {
        Object ofTask = ThreadStates.blockerOfJoins(task.thread());
        if (ofTask != null) {
          tasks.add(new Entry(ofTask, task));
        }
      }
      joined = tasks;
    }
    return find(latch, tasks);
  }

  private static @Nullable TaskRecord find(Object key, List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry.key() == key) {
        return entry.task();
      }
    }
    return null;
  }
}
