package dev.standstill.cli;

import dev.standstill.test.BlockedOn;
import dev.standstill.test.BlockedTask;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.ExitException;
import dev.standstill.test.LivelockException;
import dev.standstill.test.OutsideWaitException;
import dev.standstill.test.StuckTaskException;
import dev.standstill.test.TaskFailedException;
import dev.standstill.test.TestLoop;
import dev.standstill.test.Trace;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** One run of a program in virtual time. */
final class VirtualRun {

  private static final int STANDS_STILL = 3;

  private final Beginning beginning;
  private final TestLoop.Builder settings;
  private final @Nullable Duration until;
  private final String options;
  private final TraceTaker traceTaker;
  private final UncaughtExceptions uncaught = new UncaughtExceptions();
  private final Summary summary = new Summary();

  /** Standard error as it was before the program could replace it. */
  private final PrintStream err = System.err;

  /** What begins the program. */
  @FunctionalInterface
  interface Beginning {

    /**
     * Called in the first task of a loop.
     *
     * @param uncaught gets what threads of the program throw
     */
    void begin(TestLoop loop, UncaughtExceptions uncaught);
  }

  /**
   * @param until how far virtual time goes at the most; null if only the program ends the run
   * @param options those of {@code settings} that a replay token does not have, as a user gives
   *     them
   * @param traceTaker is given the trace at the end, which is empty if the settings ask for none
   */
  VirtualRun(
      Beginning beginning,
      TestLoop.Builder settings,
      @Nullable Duration until,
      String options,
      TraceTaker traceTaker) {
    this.traceTaker = traceTaker;
    this.beginning = beginning;
    this.settings = settings;
    this.until = until;
    this.options = options;
  }

  /** Does something with the trace of a run. */
  @FunctionalInterface
  interface TraceTaker {
    /**
     * Called once.
     *
     * @throws UsageException if it cannot be done as the user wants it
     */
    void take(Trace trace) throws UsageException;
  }

  /** Runs the program to its end and returns the exit code. */
  int run() throws Exception {
    TestLoop loop = settings.whenStuck(this::giveUp).open();
    loop.setUncaughtExceptionHandler(uncaught);
    Instant start = loop.now();
    try (var _ = new Interruption(() -> report(loop), () -> {});
        var _ = LongRun.watch(loop::now, err)) {
      int exitCode = drive(loop);
      traceTaker.take(withEnd(loop.trace(), exitCode));
      err.println(summary.of(loop, start, options));
      return exitCode;
    }
  }

  private Trace withEnd(Trace trace, int exitCode) {
    Trace.Outcome outcome = exitCode == ExitCode.OK ? Trace.Outcome.PASSED : Trace.Outcome.FAILED;
    return trace.withEnd(new Trace.End(outcome, "", List.of()));
  }

  /**
   * The loop is closed only if nothing is left: closing interrupts the tasks that are left, and
   * what a program does then is no part of its run.
   */
  private int drive(TestLoop loop) throws Exception {
    try {
      loop.run(() -> beginning.begin(loop, uncaught));
      if (until != null && !loop.runToExit(until)) {
        err.printf("Ended after %s of virtual time, as --until says.%n", Summary.inWords(until));
        return uncaught.any() ? ExitCode.SOFTWARE : ExitCode.OK;
      }
      loop.runToExit();
      List<String> left = leftBehind(loop);
      if (left.isEmpty()) {
        loop.close();
      } else {
        err.println("Left behind, as a JVM leaves daemons and virtual threads: " + left);
      }
    } catch (ExitException e) {
      return e.status();
    } catch (TaskFailedException e) {
      uncaught.uncaughtException(Thread.currentThread(), Objects.requireNonNull(e.getCause()));
    } catch (DeadlockException | LivelockException | OutsideWaitException | StuckTaskException e) {
      err.println(e.getMessage());
      return STANDS_STILL;
    }
    return uncaught.any() ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  /** The thread that drives is lost, and the run with it: nothing can end a native method. */
  private void giveUp(String report) {
    err.println(report);
    err.println("Standstill: " + summary.realTime());
    Runtime.getRuntime().halt(STANDS_STILL);
  }

  private static List<String> leftBehind(TestLoop loop) {
    loop.runReady();
    return loop.blocked().stream()
        .filter(task -> task.on() != BlockedOn.WORK)
        .map(BlockedTask::name)
        .toList();
  }

  private void report(TestLoop loop) {
    try {
      err.println(loop.report());
    } catch (IllegalStateException e) {
      err.println(e.getMessage());
    }
  }
}
