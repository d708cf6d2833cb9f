package dev.standstill.core;

import dev.standstill.jdk.BlockedThread;
import dev.standstill.jdk.TaskNotes;
import dev.standstill.jdk.ThreadStates;
import dev.standstill.jdk.VirtualThreads;
import dev.standstill.jdk.WaitDetail;
import dev.standstill.jdk.WaitDetails;
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
  private final TaskNotes notes;

  BlockedTasks(TaskTable tasks, OutsideWaits outsideWaits, TaskNotes notes) {
    this.tasks = tasks;
    this.outsideWaits = outsideWaits;
    this.notes = notes;
  }

  /** Those that cannot run, in the order in which they were started. */
  List<BlockedState> find() {
    Map<TaskRecord, String> outside = new LinkedHashMap<>();
    outsideWaits.ofTasks().forEach(wait -> outside.put(wait.task(), wait.what()));
    Look look = new Look(tasks.inOrder(), notes);
    List<BlockedState> found = new ArrayList<>();
    for (TaskRecord task : look.all) {
      BlockedThread seen = task.isRunnable() ? null : task.look();
      if (seen != null) {
        found.add(look.describe(task, seen, outside.get(task)));
      }
    }
    return List.copyOf(found);
  }

  /** One look at all tasks, which remembers what is asked for again and again. */
  private static final class Look {

    final List<TaskRecord> all;
    private final WaitDetails details;

    private final WaitIndex index;

    Look(List<TaskRecord> all, TaskNotes notes) {
      this.all = all;
      this.index = new WaitIndex(all);
      this.details = new WaitDetails(notes, all.stream().map(TaskRecord::thread).toList());
    }

    BlockedState describe(TaskRecord task, BlockedThread seen, @Nullable String outside) {
      WaitDetail detail = details.of(task.thread(), seen);
      Thread owner = detail.owner() == null ? owner(task, seen) : detail.owner();
      return new BlockedState(
          task,
          seen.on().name(),
          detail.object(),
          owner == null ? null : VirtualThreads.seen(owner),
          detail.sharers().stream().map(VirtualThreads::seen).toList(),
          detail.text(),
          outside,
          seen.stack(),
          seen.monitors());
    }

    private @Nullable Thread owner(TaskRecord task, BlockedThread seen) {
      Object object = seen.object();
      if (object == null) {
        return null;
      }
      return switch (seen.on()) {
        case MONITOR -> threadOf(index.ownerOf(object));
        case JOIN -> object instanceof Thread thread ? thread : threadOf(index.joined(object));
        default -> ThreadStates.ownerOfBlocker(task.thread());
      };
    }
  }

  /** The task that the running one is about to park for, as far as what it parks on tells. */
  @Nullable TaskRecord awaitedBy(TaskRecord running) {
    Object blocker = LockSupport.getBlocker(running.thread());
    Thread owner = blocker == null ? null : ThreadStates.ownerOfBlocker(running.thread());
    if (owner != null) {
      return tasks.of(owner);
    }
    return blocker == null ? null : new WaitIndex(tasks.inOrder()).joined(blocker);
  }

  private static @Nullable Thread threadOf(@Nullable TaskRecord task) {
    return task == null ? null : task.thread();
  }
}
