package dev.standstill.cli;

import dev.standstill.explore.DataRaceException;
import dev.standstill.explore.ExplorationResult;
import dev.standstill.explore.ScheduleFailure;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.ExitException;
import dev.standstill.test.LivelockException;
import dev.standstill.test.OutsideWaitException;
import dev.standstill.test.StuckTaskException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Objects;

/** What is printed of an exploration. */
final class ExplorationReport {

  /** So many are shown with the stacks of both threads. */
  private static final int MOST_RACES = 3;

  private final PrintStream out;
  private final String repetition;
  private final TimelineOption timeline;
  private final String program;

  /**
   * @param repetition what repeats a run, with %s for its token
   * @param timeline where the timeline of a run that fails is written
   * @param program as the user names it
   */
  ExplorationReport(PrintStream out, String repetition, TimelineOption timeline, String program) {
    this.out = out;
    this.repetition = repetition;
    this.timeline = timeline;
    this.program = program;
  }

  /** Prints the end; returns the exit code. */
  int print(ExplorationResult result) throws UsageException {
    out.println(result);
    if (result.failure().isPresent()) {
      print(result.failure().get());
    } else {
      timeline.tellNone("no run has failed", out);
    }
    result.races().stream().limit(MOST_RACES).forEach(race -> out.printf("%n%s%n", race.story()));
    return result.failure().isPresent() || !result.hadChoice() ? 1 : 0;
  }

  /** Its own stack is the loop's, and of no interest. */
  private static boolean saysItAll(Throwable cause) {
    return cause instanceof DeadlockException
        || cause instanceof LivelockException
        || cause instanceof OutsideWaitException
        || cause instanceof StuckTaskException
        || cause instanceof DataRaceException
        || cause instanceof ExitException;
  }

  private void print(ScheduleFailure failure) throws UsageException {
    Throwable cause = Objects.requireNonNull(failure.getCause());
    out.println();
    if (saysItAll(cause)) {
      out.println(cause.getMessage());
    } else {
      UncaughtExceptions.cutFrames(cause);
      StringWriter stack = new StringWriter();
      cause.printStackTrace(new PrintWriter(stack));
      out.print(stack);
    }
    out.println();
    out.println(failure.report());
    out.println();
    out.println("To repeat it: " + repetition.formatted(failure.token()));
    timeline.write(failure.trace(), program, out);
  }
}
