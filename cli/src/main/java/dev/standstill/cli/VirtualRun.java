package dev.standstill.cli;

import dev.standstill.test.DeadlockException;
import dev.standstill.test.ExitException;
import dev.standstill.test.LivelockException;
import dev.standstill.test.OutsideWaitException;
import dev.standstill.test.TaskFailedException;
import dev.standstill.test.TestLoop;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import picocli.CommandLine.ExitCode;

/** One run of a program in virtual time. */
final class VirtualRun {

  private static final int STANDS_STILL = 3;

  private final FirstTask main;
  private final TestLoop.Builder settings;
  private final UncaughtExceptions uncaught = new UncaughtExceptions();
  private final PlatformThreads platformThreads = new PlatformThreads();
  private final Summary summary = new Summary();

  /** Standard error as it was before the program could replace it. */
  private final PrintStream err = System.err;

  VirtualRun(MainMethod main, String[] args, TestLoop.Builder settings) {
    this.main = new FirstTask(main, args, uncaught);
    this.settings = settings;
  }

  /** Runs the program to its end and returns the exit code. */
  int run() throws Exception {
    TestLoop loop = settings.open();
    loop.setUncaughtExceptionHandler(uncaught);
    Instant start = loop.now();
    try (var _ = new Interruption(() -> report(loop), () -> {})) {
      int exitCode = driveOnFreshThread(loop);
      err.println(summary.of(loop, start));
      return exitCode;
    }
  }

  /** Else reports would say that main was started by the parser of the command line. */
  private int driveOnFreshThread(TestLoop loop) throws Exception {
    FutureTask<Integer> driving = new FutureTask<>(() -> drive(loop));
    Thread.ofPlatform().name("carrier").start(driving);
    return driving.get();
  }

  /**
   * The loop is closed only after a clean end: closing interrupts the tasks that are left, and what
   * a program does then is no part of its run.
   */
  private int drive(TestLoop loop) throws Exception {
    try {
      runToEnd(loop);
      loop.close();
    } catch (ExitException e) {
      return e.status();
    } catch (TaskFailedException e) {
      uncaught.uncaughtException(Thread.currentThread(), Objects.requireNonNull(e.getCause()));
    } catch (DeadlockException | LivelockException | OutsideWaitException e) {
      err.println(e.getMessage());
      return STANDS_STILL;
    }
    return uncaught.any() ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void runToEnd(TestLoop loop) throws Exception {
    try {
      loop.run(main);
    } catch (DeadlockException e) {
      refuseUnlessActiveOutside(e);
    }
    do {
      try {
        loop.runToEnd();
      } catch (DeadlockException e) {
        refuseUnlessActiveOutside(e);
      }
    } while (platformThreads.awaitSliceOf(loop));
    loop.runToEnd();
    sayWhoIsLeft(platformThreads.atWork());
  }

  private void sayWhoIsLeft(List<Thread> threads) {
    if (!threads.isEmpty()) {
      List<String> names = threads.stream().map(Thread::getName).toList();
      err.println("Platform threads are still at work, and are left behind: " + names);
    }
  }

  private void refuseUnlessActiveOutside(DeadlockException deadlock) {
    if (platformThreads.active().isEmpty()) {
      throw deadlock;
    }
  }

  private void report(TestLoop loop) {
    try {
      err.println(loop.report());
    } catch (IllegalStateException e) {
      err.println(e.getMessage());
    }
  }
}
