package dev.standstill.core;

import dev.standstill.jdk.BlockedThread;
import dev.standstill.jdk.ThreadStates;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the task that owns a monitor, or whose end is waited for, among tasks that do not run
 * meanwhile. The JDK does not tell, but each thread tells its monitors and who joins it; all are
 * asked once, and only if anybody wants to know.
 */
final class WaitIndex {

  private final List<TaskRecord> all;
  private @Nullable Map<Object, TaskRecord> monitors;
  private @Nullable Map<Object, TaskRecord> joined;

  WaitIndex(List<TaskRecord> all) {
    this.all = all;
  }

  /** The task that owns the monitor of an object, or null. */
  @Nullable TaskRecord ownerOf(Object monitor) {
    Map<Object, TaskRecord> owners = monitors;
    if (owners == null) {
      owners = new IdentityHashMap<>();
      for (TaskRecord task : all) {
        BlockedThread look = task.look();
        for (Object owned : look == null ? List.of() : look.monitors()) {
          owners.putIfAbsent(owned, task);
        }
      }
      monitors = owners;
    }
    return owners.get(monitor);
  }

  /** The task whose end those wait for who park on {@code latch}, or null. */
  @Nullable TaskRecord joined(Object latch) {
    Map<Object, TaskRecord> tasks = joined;
    if (tasks == null) {
      tasks = new IdentityHashMap<>();
      for (TaskRecord task : all) {
        Object ofTask = ThreadStates.blockerOfJoins(task.thread());
        if (ofTask != null) {
          tasks.put(ofTask, task);
        }
      }
      joined = tasks;
    }
    return tasks.get(latch);
  }
}
