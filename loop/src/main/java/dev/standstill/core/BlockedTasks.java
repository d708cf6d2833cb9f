package dev.standstill.core;

import dev.standstill.jdk.BlockedThread;
import dev.standstill.jdk.ThreadStates;
import dev.standstill.jdk.VirtualThreads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Looks into the tasks of a loop, and finds out who waits for whom. Loop-confined. */
final class BlockedTasks {

  private final TaskTable tasks;
  private final OutsideWaits outsideWaits;

  BlockedTasks(TaskTable tasks, OutsideWaits outsideWaits) {
    this.tasks = tasks;
    this.outsideWaits = outsideWaits;
  }

  /** Those that cannot run, in the order in which they were started. */
  List<BlockedState> find() {
    Map<TaskRecord, String> outside = new LinkedHashMap<>();
    outsideWaits.ofTasks().forEach(wait -> outside.put(wait.task(), wait.what()));
    List<TaskRecord> all = tasks.inOrder();
    List<BlockedState> found = new ArrayList<>();
    for (TaskRecord task : all) {
      BlockedThread look = task.isRunnable() ? null : task.look();
      if (look != null) {
        found.add(describe(task, look, owner(task, look, all), outside.get(task)));
      }
    }
    return List.copyOf(found);
  }

  private static BlockedState describe(
      TaskRecord task, BlockedThread look, @Nullable Thread owner, @Nullable String outside) {
    Thread seenOwner = owner == null ? null : VirtualThreads.seen(owner);
    return new BlockedState(
        task, look.on().name(), look.object(), seenOwner, outside, look.stack(), look.monitors());
  }

  private static @Nullable Thread owner(TaskRecord task, BlockedThread look, List<TaskRecord> all) {
    Object object = look.object();
    if (object == null) {
      return null;
    }
    return switch (look.on()) {
      case MONITOR -> threadOf(ownerOf(object, all));
      case JOIN -> object instanceof Thread thread ? thread : threadOf(joined(object, all));
      default -> ThreadStates.ownerOfBlocker(task.thread());
    };
  }

  /** The task that the running one is about to park for, as far as what it parks on tells. */
  @Nullable TaskRecord awaitedBy(TaskRecord running) {
    Object blocker = LockSupport.getBlocker(running.thread());
    Thread owner = blocker == null ? null : ThreadStates.ownerOfBlocker(running.thread());
    if (owner != null) {
      return tasks.of(owner);
    }
    return blocker == null ? null : joined(blocker, tasks.inOrder());
  }

  /** The task that owns the monitor. Monitors do not tell, but each thread tells its monitors. */
  static @Nullable TaskRecord ownerOf(Object monitor, List<TaskRecord> all) {
    for (TaskRecord task : all) {
      BlockedThread look = task.look();
      if (look != null && look.monitors().stream().anyMatch(owned -> owned == monitor)) {
        return task;
      }
    }
    return null;
  }

  /** The task whose end those wait for who park on {@code latch}. */
  static @Nullable TaskRecord joined(Object latch, List<TaskRecord> all) {
    return all.stream()
        .filter(task -> ThreadStates.joins(latch, task.thread()))
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Thread threadOf(@Nullable TaskRecord task) {
    return task == null ? null : task.thread();
  }
}
