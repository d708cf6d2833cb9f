package dev.standstill.junit4;

import dev.standstill.test.suite.Ended;
import dev.standstill.test.suite.Outcome;
import dev.standstill.test.suite.SuiteReport;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/** Has what becomes of tests noted for the report of the suite, if there is one. */
final class LoopNotes {

  private LoopNotes() {}

  /** Runs a test, on a loop or not, and notes how it ends. */
  static Statement noting(Statement test, Description description) {
    return LoopStatement.of(() -> {
      SuiteReport report = SuiteReport.latest().orElse(null);
      if (report == null) {
        test.evaluate();
      } else {
        evaluate(test, description, report);
      }
    });
  }

  private static void evaluate(Statement test, Description description, SuiteReport report)
      throws Throwable {
    long began = System.nanoTime();
    Throwable thrown = null;
    try {
      test.evaluate();
    } catch (Throwable failure) {
      thrown = failure;
      throw failure;
    } finally {
      report.test(ended(description, thrown), Duration.ofNanos(System.nanoTime() - began));
    }
  }

  private static Ended ended(Description test, @Nullable Throwable thrown) {
    String method = test.getMethodName();
    return new Ended(
        test,
        test.getClassName(),
        method == null ? test.getDisplayName() : method,
        outcome(thrown),
        thrown);
  }

  private static Outcome outcome(@Nullable Throwable thrown) {
    if (thrown == null) {
      return Outcome.PASSED;
    }
    return LoopSettings.isAborted(thrown) ? Outcome.ABORTED : Outcome.FAILED;
  }
}
