package dev.standstill.explore.search;

import dev.standstill.core.ReadyTasks;
import dev.standstill.core.VirtualScheduler;
import dev.standstill.explore.program.Places;
import dev.standstill.explore.race.RaceRun;
import dev.standstill.explore.race.TaskClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What tasks access, as far as races are concerned: who stands before which access when another one
 * makes its own. Confined to the loop of a run.
 */
final class Accesses {

  /** An access takes no longer than that. */
  private static final long LONGEST_NANOS = Duration.ofDays(1).toNanos();

  /** So much after the next timer it is made. */
  private static final long LATER_NANOS = 1_000;

  private final RaceRun races;

  /** Those that stand before an access for long. */
  private final List<ExploredTask> sleeping = new ArrayList<>();

  Accesses(RaceRun races) {
    this.races = races;
  }

  /** A task comes to a plain access. In a slow run it may stand there for long. */
  void comesTo(
      ExploredTask task, @Nullable Object target, int index, int place, VirtualScheduler loop) {
    races.settles();
    if (races.watches() && !(task.isOptimistic && Places.isRead(place))) {
      races.accesses(clock(task), target, index, place);
    }
    if (races.isNextSlow()) {
      task.target = target;
      task.index = index;
      task.place = place;
      takesLong(task, loop);
    }
  }

  /** Stands before an access until those have run who are due next. */
  private void takesLong(ExploredTask task, VirtualScheduler loop) {
    long nanos = loop.untilNextTimer();
    if (nanos >= LONGEST_NANOS) {
      return;
    }
    meetOthers(task, loop);
    sleeping.add(task);
    try {
      Thread.sleep(Duration.ofNanos(nanos + LATER_NANOS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sleeping.remove(task);
    }
  }

  /** A task makes the access, or does what else it stands before. */
  void makes(ExploredTask task, ReadyTasks ready) {
    switch (Places.memory(task.place)) {
      case FIELD, ELEMENT, CONTENT -> meetOthers(task, ready);
      default -> {
        task.isOptimistic = Places.isOptimisticAfter(task.place, task.isOptimistic);
        if (races.watches()) {
          races.touches(clock(task), task.target, task.place);
        }
      }
    }
  }

  private void meetOthers(ExploredTask task, ReadyTasks ready) {
    for (int position = 0; position < ready.size(); position++) {
      if (ready.task(position).mark() instanceof ExploredTask other) {
        meet(task, other);
      }
    }
    sleeping.forEach(other -> meet(task, other));
  }

  private void meet(ExploredTask task, ExploredTask other) {
    if (other.isKnown()
        && other.target == task.target
        && other.index == task.index
        && !isOptimisticRead(task)
        && !isOptimisticRead(other)) {
      races.meet(task.record, task.place, other.record, other.place, task.target);
    }
  }

  private static boolean isOptimisticRead(ExploredTask task) {
    return task.isOptimistic && Places.isRead(task.place);
  }

  void wakes(ExploredTask task, ExploredTask woken) {
    clock(task).wakes(clock(woken));
  }

  void enters(@Nullable ExploredTask task, Object monitor) {
    if (task != null && races.watches()) {
      races.enters(clock(task), monitor);
    }
  }

  void exits(@Nullable ExploredTask task, Object monitor) {
    if (task != null && races.watches()) {
      races.exits(clock(task), monitor);
    }
  }

  private TaskClock clock(ExploredTask task) {
    TaskClock known = task.clock;
    if (known == null) {
      known = races.begins(task.record.seenThread());
      task.clock = known;
    }
    return known;
  }
}
