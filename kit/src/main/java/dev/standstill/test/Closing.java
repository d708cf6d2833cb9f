package dev.standstill.test;

import dev.standstill.core.PendingJob;
import dev.standstill.core.VirtualScheduler;
import dev.standstill.test.spi.LoopNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Ends the tasks that are left when a loop closes, and says what went wrong. For the driver. */
final class Closing {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  /** So much virtual time has what is just ending. */
  private static final long GRACE = TimeUnit.SECONDS.toNanos(1);

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
    if (told || !leaks.fail()) {
      return;
    }
    try {
      driver.runUntilBlockedOrDone();
      grantTime();
    } catch (ExitException
        | OutsideWaitException
        | LivelockException
        | StuckTaskException
        | DeadlockException e) {
      problems.add(e);
    }
  }

  /** Time moves only to what may end a task, and not at all where it would not help. */
  private void grantTime() {
    long end = driver.nanosFromNow(GRACE);
    Leftovers left = leftovers();
    while (!left.ofTest().isEmpty() && !left.repeats() && driver.advanceToTimerUntil(end)) {
      left = leftovers();
    }
  }

  private Leftovers leftovers() {
    List<PendingJob> jobs = scheduler.delayedJobs();
    return scheduler.isEmpty() && jobs.isEmpty()
        ? Leftovers.NONE
        : Leftovers.of(view.findLeft(), jobs, leaks == Leaks.FAIL_ALL);
  }

  /**
   * Cancels all tasks and runs them to their end.
   *
   * @param told whether the user knows already that tasks are left
   */
  void endTasks(boolean told) {
    boolean asked = !told && leaks != Leaks.IGNORE;
    Leftovers left = asked ? leftovers() : null;
    scheduler.cancelScheduled();
    if (left != null) {
      report(left);
    }
    if (scheduler.isEmpty() || scheduler.exitStatus() != null) {
      return;
    }
    scheduler.cancelAll(Thread.currentThread());
    try {
      driver.runUntilIdle();
    } catch (ExitException
        | OutsideWaitException
        | LivelockException
        | StuckTaskException
        | DeadlockException e) {
      LOG.log(System.Logger.Level.WARNING, "While closing: " + e.getMessage());
    }
    if (!told && !scheduler.isEmpty()) {
      logRefusing(view.findRefusing());
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

  private void report(Leftovers left) {
    logStranded(left.stranded());
    if (left.isEmpty()) {
      return;
    }
    driver.outsideLog().left(left.lines());
    if (!leaks.fail()) {
      log(left.describe(loop));
    } else if (problems.isEmpty()) {
      problems.add(new LeakedTaskException(left.describe(loop)));
    }
  }

  private void logStranded(List<BlockedTask> stranded) {
    if (!stranded.isEmpty()) {
      String first =
          "%s is closed while pools that libraries or class initialisers keep have work for later. It stops with the loop, and goes on when a task of another loop gives them work:";
      log(FailureReport.of(first.formatted(loop), Findings.of(stranded)));
    }
  }

  /**
   * Logs which sockets were not closed: those that nobody can reach any more, which are closed
   * whenever memory is collected, and with {@link Leaks#FAIL_ALL} all.
   */
  void tellSockets(LoopNetwork network) {
    List<String> sockets =
        leaks == Leaks.IGNORE ? List.of() : network.leaks(leaks == Leaks.FAIL_ALL);
    if (!sockets.isEmpty()) {
      log(
          "%s is closed, and on its network %s:%n  %s"
              .formatted(
                  loop,
                  sockets.size() == 1 ? "a socket is left" : sockets.size() + " sockets are left",
                  String.join("%n  ".formatted(), sockets)));
    }
  }

  private void logRefusing(List<BlockedTask> tasks) {
    if (!tasks.isEmpty()) {
      String count = tasks.size() == 1 ? "1 task" : tasks.size() + " tasks";
      String first = "%s was closed, but %s did not end when interrupted:".formatted(loop, count);
      log(FailureReport.of(first, Findings.of(tasks)));
    }
  }

  private static void log(String message) {
    LOG.log(System.Logger.Level.WARNING, message);
  }
}
