package dev.standstill.explore.search;

import dev.standstill.core.VirtualScheduler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who has a monitor, as far as the program's own classes enter it. Who has to wait for one does so
 * before it enters it, and stays ready: the JVM, whose hand-overs take the operating system, hardly
 * ever has to block anybody.
 */
final class ModelledMonitor {

  private @Nullable ExploredTask owner;
  private int count;

  /** Those that wait without being ready, because nobody else could run. */
  private final List<ExploredTask> parked = new ArrayList<>();

  /** Waits until somebody exits it, or the task is interrupted. */
  void park(ExploredTask task, Object monitor, VirtualScheduler loop) {
    parked.add(task);
    loop.parkForMonitor(monitor);
    parked.remove(task);
  }

  /** Whether the task would have to wait for another; no if it has to try. */
  boolean isOfOther(ExploredTask task) {
    return owner != null && owner != task && !owner.mayHaveLetGo();
  }

  void entered(ExploredTask task) {
    if (owner == null || owner == task) {
      owner = task;
      count++;
    }
  }

  void exited(ExploredTask task, VirtualScheduler loop) {
    if (owner == task && --count == 0) {
      isFree(loop);
    }
  }

  private void isFree(VirtualScheduler loop) {
    owner = null;
    for (ExploredTask waiting : List.copyOf(parked)) {
      loop.unparkForMonitor(waiting.record);
    }
  }

  /** The task begins to wait in it, and so lets go of it. */
  void waits(ExploredTask task, VirtualScheduler loop) {
    if (owner == task) {
      task.entered = count;
      count = 0;
      isFree(loop);
    }
  }

  /** The task has it again. */
  void waited(ExploredTask task) {
    if (task.entered > 0) {
      owner = task;
      count = task.entered;
      task.entered = 0;
    }
  }
}
