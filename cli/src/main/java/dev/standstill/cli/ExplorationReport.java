package dev.standstill.cli;

import dev.standstill.explore.ExplorationResult;
import dev.standstill.explore.ScheduleFailure;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;

/** What is printed of an exploration. */
final class ExplorationReport {

  private static final int MOST_STEPS = 200;

  private final PrintStream out;
  private final String repetition;

  /**
   * @param repetition what repeats a run, with %s for its token
   */
  ExplorationReport(PrintStream out, String repetition) {
    this.out = out;
    this.repetition = repetition;
  }

  /** Prints the end; returns the exit code. */
  int print(ExplorationResult result) {
    out.println(result);
    result.failure().ifPresent(this::print);
    return result.failure().isPresent() ? 1 : 0;
  }

  private void print(ScheduleFailure failure) {
    Throwable cause = Objects.requireNonNull(failure.getCause());
    UncaughtExceptions.cutFrames(cause);
    StringWriter stack = new StringWriter();
    cause.printStackTrace(new PrintWriter(stack));
    out.println();
    out.print(stack);
    out.println();
    out.println("What the threads did, in this order:");
    failure.steps().stream().limit(MOST_STEPS).forEach(step -> out.println("  " + step));
    if (failure.steps().size() > MOST_STEPS) {
      out.println("  ... and %,d steps more".formatted(failure.steps().size() - MOST_STEPS));
    }
    out.println();
    out.println("To repeat it: " + repetition.formatted(failure.token()));
  }
}
