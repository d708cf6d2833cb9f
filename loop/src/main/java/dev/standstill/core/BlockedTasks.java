package dev.standstill.core;

import dev.standstill.jdk.Blocked;
import dev.standstill.jdk.BlockedThread;
import dev.standstill.jdk.ThreadStates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks into all tasks of a loop that stands still, and finds out who waits for whom.
 * Loop-confined.
 */
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
    outsideWaits.find().forEach(wait -> outside.put(wait.task(), wait.what()));
    Map<TaskRecord, BlockedThread> looks = new LinkedHashMap<>();
    for (TaskRecord task : tasks.inOrder()) {
      BlockedThread look = task.isRunnable() ? null : ThreadStates.inspect(task.thread());
      if (look != null) {
        looks.put(task, look);
      }
    }
    List<BlockedState> found = new ArrayList<>();
    looks.forEach((task, look) ->
        found.add(
            new BlockedState(
                task,
                look.on().name(),
                look.object(),
                ownerOf(look, looks),
                outside.get(task),
                look.stack(),
                look.monitors())));
    return List.copyOf(found);
  }

  /** Monitors do not tell their owner, but each thread tells its monitors. */
  private static @Nullable Thread ownerOf(
      BlockedThread look, Map<TaskRecord, BlockedThread> looks) {
    if (look.on() != Blocked.MONITOR) {
      return look.on() == Blocked.JOIN ? joined(look, looks) : look.owner();
    }
    return looks.entrySet().stream()
        .filter(other -> other.getValue().monitors().stream().anyMatch(m -> m == look.object()))
        .map(other -> other.getKey().thread())
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Thread joined(BlockedThread look, Map<TaskRecord, BlockedThread> looks) {
    Optional<Thread> task =
        looks.keySet().stream()
            .map(TaskRecord::thread)
            .filter(thread -> ThreadStates.joins(look.object(), thread))
            .findFirst();
    return task.orElse(look.owner());
  }
}
