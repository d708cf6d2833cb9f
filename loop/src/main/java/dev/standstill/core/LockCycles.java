package dev.standstill.core;

import dev.standstill.jdk.Blocked;
import dev.standstill.jdk.BlockedThread;
import dev.standstill.jdk.MonitorWait;
import dev.standstill.jdk.ThreadStates;
import dev.standstill.jdk.VirtualThreads;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds tasks that wait for each other's locks and monitors, each without a limit and whatever
 * interrupts come: they will wait for ever, even if others go on. Loop-confined.
 */
final class LockCycles {

  private final TaskTable tasks;

  LockCycles(TaskTable tasks) {
    this.tasks = tasks;
  }

  /**
   * Whether such a cycle is among these tasks. It is closed by whoever begins to wait last, so
   * there is none to look for as long as nobody has begun.
   */
  boolean areAmong(List<TaskRecord> blocked) {
    for (TaskRecord start : blocked) {
      Set<TaskRecord> path = new LinkedHashSet<>();
      TaskRecord at = start;
      while (at != null && path.add(at)) {
        at = ownerOfAwaited(at);
      }
      if (at == start && path.stream().noneMatch(LockCycles::canBeInterrupted)) {
        return true;
      }
    }
    return false;
  }

  private @Nullable TaskRecord ownerOfAwaited(TaskRecord task) {
    return ownerOfAwaited(task, tasks::of, tasks::inOrder);
  }

  /**
   * Whether a task waits for a lock or monitor that another one has, be that in the table or not.
   */
  static boolean awaits(TaskRecord waiting, TaskRecord owner) {
    return ownerOfAwaited(
            waiting,
            thread -> VirtualThreads.backing(thread) == owner.thread() ? owner : null,
            () -> List.of(owner))
        != null;
  }

  private static @Nullable TaskRecord ownerOfAwaited(
      TaskRecord task, Function<Thread, @Nullable TaskRecord> of, Supplier<List<TaskRecord>> all) {
    return switch (VirtualThreads.state(task.thread())) {
      case VirtualThreads.PARKED ->
          LockSupport.getBlocker(task.thread()) instanceof MonitorWait
              ? ownerOfMonitor(task, all)
              : ownerOfLock(task, of);
      case VirtualThreads.BLOCKED -> ownerOfMonitor(task, all);
      default -> null;
    };
  }

  private static @Nullable TaskRecord ownerOfLock(
      TaskRecord task, Function<Thread, @Nullable TaskRecord> of) {
    if (!(LockSupport.getBlocker(task.thread()) instanceof AbstractOwnableSynchronizer)) {
      return null;
    }
    Thread owner = ThreadStates.ownerOfBlocker(task.thread());
    return owner == null ? null : of.apply(owner);
  }

  private static @Nullable TaskRecord ownerOfMonitor(
      TaskRecord task, Supplier<List<TaskRecord>> all) {
    BlockedThread look = task.look();
    return look == null || look.on() != Blocked.MONITOR || look.object() == null
        ? null
        : new WaitIndex(all.get()).ownerOf(look.object());
  }

  private static boolean canBeInterrupted(TaskRecord task) {
    return task.stack().stream().anyMatch(frame -> frame.getMethodName().endsWith("Interruptibly"));
  }
}
