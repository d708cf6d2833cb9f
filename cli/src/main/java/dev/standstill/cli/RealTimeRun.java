package dev.standstill.cli;

import dev.standstill.EventLoop;
import dev.standstill.test.spi.MainMethod;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.ExitCode;

/** One run of a program in real time. */
final class RealTimeRun {

  private static final long DAYS_WITHOUT_END = 36_500;

  private final FirstTask main;
  private final UncaughtExceptions uncaught = new UncaughtExceptions();
  private final Summary summary = new Summary();

  /** Standard error as it was before the program could replace it. */
  private final PrintStream err = System.err;

  RealTimeRun(MainMethod main, String[] args) {
    this.main = new FirstTask(main, args, uncaught);
  }

  /** Runs the program to its end and returns the exit code, unless the program exits the JVM. */
  int run() throws Exception {
    EventLoop loop = EventLoop.open("run");
    loop.setUncaughtExceptionHandler(uncaught);
    try (var _ = new Interruption(this::sayWhatIsMissing, this::summarize)) {
      loop.run(main);
      loop.shutdown();
      loop.awaitTermination(DAYS_WITHOUT_END, TimeUnit.DAYS);
    }
    summarize();
    return uncaught.any() ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private void summarize() {
    err.println(summary.ofRealTime());
  }

  private void sayWhatIsMissing() {
    err.println("Stopped. To see what is blocked, run without --real-time.");
  }
}
