package dev.standstill.core;

import dev.standstill.jdk.Blocked;
import dev.standstill.jdk.BlockedThread;
import dev.standstill.jdk.ThreadStates;
import dev.standstill.jdk.VirtualThreads;
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
 * operating system on its behalf; else <em>durably</em>. What the driver owns itself is durable: it
 * can let it go as soon as the loop stands still. Loop-confined.
 *
 * <p>Looking into a thread is slow, so only suspects are looked at, and only at a standstill. A
 * suspect is a task whose kind of wait could be for something outside; most waits (sleeps,
 * conditions, queues) cannot be told to be, and count as durable.
 */
final class OutsideWaits {

  /** Something outside has happened, but the loop has not been handed its task yet. */
  private static final String WAKING = "a thread that is just waking it";

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
    List<TaskRecord> all = tasks.inOrder();
    List<OutsideWait> found = new ArrayList<>();
    for (TaskRecord task : suspects) {
      String what = outside(task, all);
      if (what != null) {
        found.add(new OutsideWait(task, what));
      }
    }
    found.sort(Comparator.comparingInt(wait -> wait.task().id()));
    return found;
  }

  private @Nullable String outside(TaskRecord task, List<TaskRecord> all) {
    if (task.isOutside()) {
      return "a socket";
    }
    String what =
        switch (VirtualThreads.state(task.thread())) {
          case VirtualThreads.BLOCKED -> ofMonitor(task, all);
          case VirtualThreads.PARKED, VirtualThreads.TIMED_PARKED -> ofPark(task, all);
          case VirtualThreads.WAIT, VirtualThreads.TIMED_WAIT -> ofJoin(task, all);
          default -> null;
        };
    return what == null && task.isRunnable() ? WAKING : what;
  }

  private @Nullable String ofMonitor(TaskRecord task, List<TaskRecord> all) {
    BlockedThread look = task.look();
    return look == null
            || look.object() == null
            || Thread.holdsLock(look.object())
            || BlockedTasks.ownerOf(look.object(), all) != null
        ? null
        : "a monitor that no task of the loop owns";
  }

  private @Nullable String ofPark(TaskRecord task, List<TaskRecord> all) {
    if (isLatch(LockSupport.getBlocker(task.thread()))) {
      return ofJoin(task, all);
    }
    Thread owner = ThreadStates.ownerOfBlocker(task.thread());
    return owner == null && ThreadStates.parksOnReleasedLock(task.thread())
        ? WAKING
        : ofOwner(owner);
  }

  private @Nullable String ofJoin(TaskRecord task, List<TaskRecord> all) {
    BlockedThread look = task.look();
    if (look == null || look.on() != Blocked.JOIN) {
      return null;
    }
    if (look.object() instanceof Thread thread) {
      return isOutside(thread) ? nameOf(thread) : null;
    }
    return look.object() != null && BlockedTasks.joined(look.object(), all) != null
        ? null
        : "the end of a thread that is not the loop's";
  }

  private @Nullable String ofOwner(@Nullable Thread owner) {
    return owner != null && owner.isAlive() && isOutside(owner) ? nameOf(owner) : null;
  }

  private boolean isOutside(Thread thread) {
    return thread != Thread.currentThread() && tasks.of(thread) == null;
  }

  private static String nameOf(Thread thread) {
    return "thread \"%s\", which is not the loop's".formatted(thread.getName());
  }

  private static boolean isLatch(@Nullable Object blocker) {
    return blocker != null && blocker.getClass().getEnclosingClass() == CountDownLatch.class;
  }
}
