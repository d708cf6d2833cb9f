package dev.standstill.test;

import dev.standstill.core.VirtualScheduler;
import java.util.ArrayList;
import java.util.List;

/** Ends the tasks that are left when a loop closes, and says what went wrong. For the driver. */
final class Closing {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private final VirtualTimeLoop loop;
  private final LoopView view;
  private final VirtualScheduler scheduler;
  private final Driver driver;
  private final Leaks leaks;
  private final List<RuntimeException> problems = new ArrayList<>();

  Closing(
      VirtualTimeLoop loop, LoopView view, VirtualScheduler scheduler, Driver driver, Leaks leaks) {
    this.loop = loop;
    this.view = view;
    this.scheduler = scheduler;
    this.driver = driver;
    this.leaks = leaks;
  }

  /**
   * Lets tasks go on that a test does not want to cut off.
   *
   * @param told whether the user knows already that tasks are left
   */
  void finishTasks(boolean told) {
    if (told || leaks != Leaks.FAIL) {
      return;
    }
    try {
      driver.runUntilBlockedOrDone();
    } catch (ExitException | OutsideWaitException | LivelockException e) {
      problems.add(e);
    }
  }

  /**
   * Cancels all tasks and runs them to their end.
   *
   * @param told whether the user knows already that tasks are left
   */
  void endTasks(boolean told) {
    scheduler.cancelScheduled();
    if (!told) {
      reportLeaks();
    }
    if (scheduler.isEmpty() || scheduler.exitStatus() != null) {
      return;
    }
    scheduler.cancelAll(Thread.currentThread());
    try {
      driver.runUntilIdle();
    } catch (ExitException | OutsideWaitException | LivelockException e) {
      LOG.log(System.Logger.Level.WARNING, "While closing: " + e.getMessage());
    }
    if (!told && !scheduler.isEmpty()) {
      log("%s was closed, but %s did not end when interrupted:", view.findRefusing());
    }
  }

  /** Throws the first problem, with the others suppressed in it. */
  void throwProblems() {
    loop.unobservedFailures().ifPresent(problems::addFirst);
    if (!problems.isEmpty()) {
      RuntimeException first = problems.removeFirst();
      problems.forEach(first::addSuppressed);
      throw first;
    }
  }

  private void reportLeaks() {
    List<BlockedTask> left = view.findLeft();
    if (left.isEmpty()) {
      return;
    }
    switch (leaks) {
      case FAIL -> {
        if (problems.isEmpty()) {
          problems.add(new LeakedTaskException(describe("%s was closed with %s left:", left)));
        }
      }
      case WARN -> log("%s was closed with %s left:", left);
      case IGNORE -> {}
    }
  }

  private void log(String sentence, List<BlockedTask> tasks) {
    if (!tasks.isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, describe(sentence, tasks));
    }
  }

  private String describe(String sentence, List<BlockedTask> tasks) {
    String count = tasks.size() == 1 ? "1 task" : tasks.size() + " tasks";
    return FailureReport.of(sentence.formatted(loop, count), Findings.of(tasks));
  }
}
