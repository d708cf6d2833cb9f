package dev.standstill.junit;

import dev.standstill.test.TestLoop;
import dev.standstill.test.Trace;
import dev.standstill.test.stage.TestTimelines;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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
    write(failure, context)
        .ifPresent(said -> failure.addSuppressed(new ExploredTest.Details(said)));
  }

  /** Writes the timeline of a test that has passed, if that is wanted, and reports where. */
  static void publish(Settings settings, ExtensionContext context) {
    if (settings.timeline() == LoopTest.Timeline.ALWAYS) {
      write(null, context)
          .ifPresent(said -> context.publishReportEntry("standstill.timeline", said));
    }
  }

  /**
   * @param failure what the test has thrown; null if it has passed
   */
  private static Optional<String> write(@Nullable Throwable failure, ExtensionContext context) {
    return Stages.openIn(context)
        .map(StoredStage::loop)
        .filter(TestLoop.class::isInstance)
        .map(loop -> ((TestLoop) loop).trace())
        .filter(trace -> !trace.slices().isEmpty())
        .flatMap(trace -> write(trace.withEnd(Trace.End.of(failure)), TestName.of(context)));
  }
}
