package dev.standstill.test;

import dev.standstill.core.OutsideWait;
import dev.standstill.core.TaskRecord;
import dev.standstill.core.VirtualClock;
import dev.standstill.core.VirtualScheduler;
import dev.standstill.jdk.Blocked;
import dev.standstill.jdk.BlockedThread;
import dev.standstill.jdk.ThreadStates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks into the tasks of a loop that stands still. For the driver only. */
final class BlockedTasks {

  private final VirtualScheduler scheduler;
  private final VirtualClock clock;

  BlockedTasks(VirtualScheduler scheduler, VirtualClock clock) {
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Those that cannot run, in the order in which they were started. */
  List<BlockedTask> find() {
    Map<TaskRecord, String> outside =
        scheduler.outsideWaits().stream()
            .collect(Collectors.toMap(OutsideWait::task, OutsideWait::what));
    Map<TaskRecord, BlockedThread> looks = new LinkedHashMap<>();
    for (TaskRecord task : scheduler.tasks()) {
      BlockedThread look = task.isRunnable() ? null : ThreadStates.inspect(task.thread());
      if (look != null) {
        looks.put(task, look);
      }
    }
    List<BlockedTask> found = new ArrayList<>();
    looks.forEach(
        (task, look) -> found.add(describe(task, look, ownerOf(look, looks), outside.get(task))));
    return List.copyOf(found);
  }

  private BlockedTask describe(
      TaskRecord task, BlockedThread look, @Nullable Thread owner, @Nullable String outside) {
    return new BlockedTask(
        task.id(),
        task.name(),
        task.thread(),
        BlockedOn.valueOf(look.on().name()),
        look.object(),
        owner,
        outside,
        clock.at(task.blockedSince()),
        look.stack(),
        Arrays.asList(task.origin()),
        look.monitors());
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
