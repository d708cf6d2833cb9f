package dev.standstill.explore.race;

import dev.standstill.explore.program.Places;
import dev.standstill.explore.program.Places.Memory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What happens before what in a run, as far as it is told: who wakes or starts whom, volatile
 * fields, monitors, and calls of what is made for threads, each of which is taken to order all that
 * came before in other calls of the same object. Confined to the loop of the run.
 */
final class HappensBefore {

  /** Of a volatile field there is one for each of the last objects that have it. */
  private final Map<Integer, Recent<VectorClock>> fields = new HashMap<>();

  private final Recent<VectorClock> synchronizers = new Recent<>(VectorClock::new);
  private final Recent<VectorClock> monitors = new Recent<>(VectorClock::new);
  private final Map<Thread, TaskClock> ofThreads = new IdentityHashMap<>();
  private final List<TaskClock> tasks = new ArrayList<>();

  /** A task begins. */
  TaskClock begins(Thread seen) {
    TaskClock task = new TaskClock(tasks.size());
    tasks.add(task);
    ofThreads.put(seen, task);
    return task;
  }

  /** A task does what orders others: it touches a volatile field, or calls a synchronizer. */
  void touches(TaskClock task, @Nullable Object target, int place) {
    task.returned();
    if (Places.memory(place) == Memory.VOLATILE) {
      touches(task, place, field(target, place));
      return;
    }
    if (target != null) {
      VectorClock synchronizer = synchronizers.of(target, 0);
      task.acquires(synchronizer);
      task.releases(synchronizer);
      task.calls(synchronizer);
      TaskClock other = target instanceof Thread thread ? ofThreads.get(thread) : null;
      if (other != null) {
        task.acquires(other);
      }
    }
  }

  private static void touches(TaskClock task, int place, VectorClock field) {
    if (Places.writes(place)) {
      task.releases(field);
    } else {
      task.acquires(field);
    }
  }

  private VectorClock field(@Nullable Object target, int place) {
    return fields
        .computeIfAbsent(Places.location(place), key -> new Recent<>(VectorClock::new))
        .of(target, 0);
  }

  void enters(TaskClock task, Object monitor) {
    task.returned();
    task.acquires(monitors.of(monitor, 0));
  }

  void exits(TaskClock task, Object monitor) {
    task.returned();
    task.releases(monitors.of(monitor, 0));
  }
}
