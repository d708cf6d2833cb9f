package dev.standstill.junit;

import dev.standstill.EventLoop;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.OutsideWaitException;
import dev.standstill.test.TestLoop;
import java.io.Serial;
import org.opentest4j.TestAbortedException;

/**
 * What a failure is told about the run it happened in: when, under which schedule, who was blocked,
 * and how to repeat it. It is suppressed in the failure, which so keeps its type and its message.
 */
final class RunDetails extends Throwable {

  @Serial private static final long serialVersionUID = 1L;

  private RunDetails(String message) {
    super(message, null, false, false);
  }

  /** Tells {@code failure} about {@code loop}, with its blocked tasks unless it lists them. */
  static void addTo(Throwable failure, EventLoop loop) {
    if (loop instanceof TestLoop test && !(failure instanceof TestAbortedException)) {
      String report =
          listsBlockedTasks(failure) || test.blocked().isEmpty()
              ? ""
              : System.lineSeparator() + test.report();
      failure.addSuppressed(new RunDetails(describe(test) + report));
    }
  }

  private static boolean listsBlockedTasks(Throwable failure) {
    return failure instanceof DeadlockException || failure instanceof OutsideWaitException;
  }

  /** Tells a failure that lists the blocked tasks itself about {@code loop}. */
  static void addBriefly(Throwable failure, EventLoop loop) {
    if (loop instanceof TestLoop test) {
      failure.addSuppressed(new RunDetails(describe(test)));
    }
  }

  private static String describe(TestLoop loop) {
    return "It is %s of virtual time; schedule: %s.%nTo repeat the run: @LoopTest(replay = \"%s\"), or -D%s=%s"
        .formatted(
            loop.now(),
            loop.replayToken().schedule(),
            loop.replayToken(),
            Settings.REPLAY,
            loop.replayToken());
  }
}
