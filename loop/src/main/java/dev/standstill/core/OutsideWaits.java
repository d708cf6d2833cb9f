package dev.standstill.core;

import dev.standstill.jdk.BlockedThread;
import dev.standstill.jdk.ThreadStates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tells durably from externally blocked: a task is <em>externally</em> blocked if what it waits for
 * is owned, computed or ended by a thread that is not the loop's, or if the JDK waits for the
 * operating system on its behalf; else <em>durably</em>. Loop-confined.
 *
 * <p>Looking into a thread is slow, so only suspects are looked at, and only at a standstill. A
 * suspect is a task whose kind of wait could be for something outside; most waits (sleeps,
 * conditions, queues) cannot be told to be, and count as durable.
 */
final class OutsideWaits {

  private final TaskTable tasks;
  private final Set<TaskRecord> suspects = new LinkedHashSet<>();

  OutsideWaits(TaskTable tasks) {
    this.tasks = tasks;
  }

  void suspect(TaskRecord task) {
    suspects.add(task);
  }

  /** A task has parked; what it parked on tells whether it is a suspect. */
  void suspectParked(TaskRecord task) {
    Object blocker = LockSupport.getBlocker(task.thread());
    if (task.isOutside()
        || blocker instanceof AbstractOwnableSynchronizer
        || blocker instanceof FutureTask<?>
        || isLatch(blocker)) {
      suspects.add(task);
    }
  }

  /** The task runs again. */
  void forget(TaskRecord task) {
    if (!suspects.isEmpty()) {
      suspects.remove(task);
    }
  }

  /** Who is externally blocked now, in the order in which they were started. */
  List<OutsideWait> find() {
    if (suspects.isEmpty()) {
      return List.of();
    }
    List<OutsideWait> found = new ArrayList<>();
    for (TaskRecord task : suspects) {
      String what = outside(task);
      if (what != null) {
        found.add(new OutsideWait(task, what));
      }
    }
    found.sort(Comparator.comparingInt(wait -> wait.task().id()));
    return found;
  }

  private @Nullable String outside(TaskRecord task) {
    if (task.isOutside()) {
      return "a socket";
    }
    BlockedThread look = ThreadStates.inspect(task.thread());
    if (look == null) {
      return null;
    }
    return switch (look.on()) {
      case MONITOR -> ofMonitor(look.object());
      case JOIN -> ofJoin(look.object());
      default -> ofOwner(look.owner());
    };
  }

  private @Nullable String ofMonitor(@Nullable Object monitor) {
    return monitor == null || isOwnedInside(monitor)
        ? null
        : "a monitor that no task of the loop owns";
  }

  private @Nullable String ofJoin(@Nullable Object joined) {
    if (joined instanceof Thread thread) {
      return ofOwner(thread);
    }
    return joined == null || isTermination(joined)
        ? null
        : "the end of a thread that is not the loop's";
  }

  private @Nullable String ofOwner(@Nullable Thread owner) {
    return owner != null && isOutside(owner)
        ? "thread \"%s\", which is not the loop's".formatted(owner.getName())
        : null;
  }

  private boolean isOutside(Thread owner) {
    return owner.isAlive() && tasks.of(owner) == null;
  }

  private boolean isOwnedInside(Object monitor) {
    for (TaskRecord other : tasks.inOrder()) {
      BlockedThread look = ThreadStates.inspect(other.thread());
      if (look != null && look.monitors().stream().anyMatch(owned -> owned == monitor)) {
        return true;
      }
    }
    return false;
  }

  private boolean isTermination(Object latch) {
    return tasks.inOrder().stream().anyMatch(task -> ThreadStates.joins(latch, task.thread()));
  }

  private static boolean isLatch(@Nullable Object blocker) {
    return blocker != null && blocker.getClass().getEnclosingClass() == CountDownLatch.class;
  }
}
