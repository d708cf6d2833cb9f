package dev.standstill.explore.search;

import org.jspecify.annotations.Nullable;

/**
 * Who has a monitor, as far as the program's own classes enter it. Who has to wait for one does so
 * before it enters it, and stays ready: the JVM, whose hand-overs take the operating system, hardly
 * ever has to block anybody.
 */
final class ModelledMonitor {

  private @Nullable ExploredTask owner;
  private int count;

  @Nullable ExploredTask owner() {
    return owner;
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

  /** Returns whether nobody has it any more. */
  boolean exited(ExploredTask task) {
    if (owner != task || --count > 0) {
      return false;
    }
    owner = null;
    return true;
  }

  /** The task begins to wait in it, and so lets go of it; returns whether it had it. */
  boolean waits(ExploredTask task) {
    if (owner != task) {
      return false;
    }
    task.entered = count;
    count = 0;
    owner = null;
    return true;
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
