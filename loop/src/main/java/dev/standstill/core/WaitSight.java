package dev.standstill.core;

import dev.standstill.jdk.Blocked;
import dev.standstill.jdk.BlockedThread;
import dev.standstill.jdk.MonitorWait;
import dev.standstill.jdk.ParkKinds;
import dev.standstill.jdk.ThreadStates;
import dev.standstill.jdk.VirtualThreads;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a task waits for that has just stopped. It is for the driver, which asks after each slice of
 * a run that is traced, so nothing is allocated: what the last look has seen is asked for here.
 */
public final class WaitSight {

  /** Among more tasks nobody looks for the one that has a monitor. */
  private static final int MOST_TASKS = 200;

  private static final Blocked[] KINDS = Blocked.values();

  private final VirtualScheduler scheduler;
  private Blocked kind = Blocked.PARK;
  private @Nullable Object object;
  private int holder;
  private boolean outside;

  /**
   * @param scheduler whose tasks are looked at
   */
  public WaitSight(VirtualScheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** What a task has waited for before: only its stack has told, which is slow to read. */
  static final class Known {

    private static final int MOST = 4;

    private final @Nullable Object[] blockers = new Object[MOST];
    private final Blocked[] kinds = new Blocked[MOST];
    private int next;

    @Nullable Blocked kind(Object blocker) {
      for (int i = 0; i < MOST; i++) {
        if (blockers[i] == blocker) {
          return kinds[i];
        }
      }
      return null;
    }

    void add(Object blocker, Blocked kind) {
      blockers[next] = blocker;
      kinds[next] = kind;
      next = (next + 1) % MOST;
    }
  }

  /** The names of the kinds of waits, by the numbers that {@link #kind} gives. */
  public static List<String> kinds() {
    return Stream.of(KINDS).map(Blocked::name).toList();
  }

  /**
   * Looks at a task that does not run; false if it waits for nothing.
   *
   * @param closely whether to look at its stack, too, and for who has the monitor that it waits for
   */
  public boolean look(TaskRecord task, boolean closely) {
    Thread thread = task.thread();
    int state = VirtualThreads.state(thread);
    if (!ParkKinds.waits(state)) {
      return isHeldUp(task);
    }
    outside = task.isOutside();
    holder = 0;
    BlockedThread seen = closely ? task.look() : null;
    if (seen != null) {
      kind = seen.on();
      object = seen.object();
    } else {
      object = LockSupport.getBlocker(thread);
      kind = kind(task, state, object);
      if (object instanceof MonitorWait wait) {
        object = wait.monitor();
      }
    }
    findHolder(task, closely);
    return true;
  }

  /** A task whose schedules are explored waits for a monitor without being blocked. */
  private boolean isHeldUp(TaskRecord task) {
    ExploringStrategy exploring = scheduler.exploring();
    ExploringStrategy.HeldUp heldUp = exploring == null ? null : exploring.heldUp(task);
    if (heldUp == null) {
      return false;
    }
    outside = false;
    kind = Blocked.MONITOR;
    object = heldUp.monitor();
    holder = heldUp.by().id();
    return true;
  }

  private static Blocked kind(TaskRecord task, int state, @Nullable Object blocker) {
    Optional<Blocked> known = ParkKinds.of(state, blocker);
    if (known.isPresent()) {
      return blocker == null && task.isOutside() ? Blocked.SOCKET : known.get();
    }
    Object waited = Objects.requireNonNull(blocker);
    Known before = task.knownWaits;
    if (before == null) {
      before = new Known();
      task.knownWaits = before;
    }
    Blocked seen = before.kind(waited);
    if (seen == null) {
      BlockedThread look = task.look();
      seen = look == null ? Blocked.PARK : look.on();
      before.add(waited, seen);
    }
    return seen;
  }

  private void findHolder(TaskRecord task, boolean closely) {
    switch (kind) {
      case LOCK, FUTURE -> holder = idOf(ThreadStates.ownerOfBlocker(task.thread()));
      case MONITOR -> {
        ExploringStrategy exploring = scheduler.exploring();
        ExploringStrategy.HeldUp heldUp = exploring == null ? null : exploring.heldUp(task);
        if (heldUp != null) {
          holder = heldUp.by().id();
        } else if (closely && object != null && scheduler.tasks.size() <= MOST_TASKS) {
          TaskRecord owner = new WaitIndex(scheduler.tasks.inOrder()).ownerOf(object);
          holder = owner == null ? 0 : owner.id();
        }
      }
      case JOIN -> {
        if (closely && object != null && scheduler.tasks.size() <= MOST_TASKS) {
          TaskRecord joined = new WaitIndex(scheduler.tasks.inOrder()).joined(object);
          holder = joined == null ? 0 : joined.id();
        }
      }
      default -> {}
    }
  }

  private int idOf(@Nullable Thread thread) {
    TaskRecord task = thread == null ? null : scheduler.tasks.of(thread);
    return task == null ? 0 : task.id();
  }

  /** The number of the kind of thing that the task waits for: see {@link #kinds}. */
  public int kind() {
    return kind.ordinal();
  }

  /** That thing, as far as the JDK tells. */
  public @Nullable Object object() {
    return object;
  }

  /** The number of the task that has that thing, computes it or is joined; 0 if nobody knows. */
  public int holder() {
    return holder;
  }

  /** Whether the JDK waits for something outside the loop on the task's behalf. */
  public boolean isOutside() {
    return outside;
  }
}
