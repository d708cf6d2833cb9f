package dev.standstill.junit;

import dev.standstill.test.TestLoop;
import dev.standstill.test.Trace;
import dev.standstill.test.stage.TestTimelines;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** The pages that show what tests did, in the folder of the build. */
final class TimelineFile {

  private TimelineFile() {}

  /**
   * Writes the timeline of a test, and says where; empty if there is no folder of a build, or the
   * test is one of a cell, which shows it itself.
   */
  static Optional<String> write(Trace trace, TestName test) {
    return test.isForPeople() ? TestTimelines.write(trace, test.toString()) : Optional.empty();
  }

  /** Writes the timeline of a test that fails, and has the failure say where. */
  static void tell(Throwable failure, Settings settings, ExtensionContext context) {
    if (settings.timeline() == LoopTest.Timeline.NEVER || failure instanceof TestAbortedException) {
      return;
    }
    write(new Trace.End(Trace.Outcome.FAILED, failure.toString(), List.of()), context)
        .ifPresent(said -> failure.addSuppressed(new ExploredTest.Details(said)));
  }

  /** Writes the timeline of a test that has passed, if that is wanted, and reports where. */
  static void publish(Settings settings, ExtensionContext context) {
    if (settings.timeline() == LoopTest.Timeline.ALWAYS) {
      write(new Trace.End(Trace.Outcome.PASSED, "", List.of()), context)
          .ifPresent(said -> context.publishReportEntry("standstill.timeline", said));
    }
  }

  /**
   * @param end how the test has ended, unless its loop knows better
   */
  private static Optional<String> write(Trace.End end, ExtensionContext context) {
    return Stages.openIn(context)
        .map(StoredStage::loop)
        .filter(TestLoop.class::isInstance)
        .map(loop -> ((TestLoop) loop).trace())
        .filter(trace -> !trace.slices().isEmpty())
        .flatMap(
            trace -> write(trace.end() == null ? trace.withEnd(end) : trace, TestName.of(context)));
  }
}
