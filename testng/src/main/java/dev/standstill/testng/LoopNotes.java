package dev.standstill.testng;

import dev.standstill.test.suite.Ended;
import dev.standstill.test.suite.Outcome;
import dev.standstill.test.suite.SuiteReport;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.testng.ISuite;
import org.testng.ITestContext;
import org.testng.ITestResult;

/**
 * Has what becomes of tests noted for the report of their suite, if there is one. Any thread may
 * call.
 */
final class LoopNotes {

  private static final String REPORT = "dev.standstill.report";

  /** The system property that lets TestNG run nothing, and tell of all tests as if they had run. */
  private static final String DRY_RUN = "testng.mode.dryrun";

  private LoopNotes() {}

  static void begin(ISuite suite) {
    if (!Boolean.getBoolean(DRY_RUN)) {
      SuiteReport.begin(suite, name -> LoopSettings.parameter(name, suite.getParameter(name)))
          .ifPresent(report -> suite.setAttribute(REPORT, report));
    }
  }

  static void end(ISuite suite) {
    of(suite).ifPresent(SuiteReport::end);
  }

  private static Optional<SuiteReport> of(ISuite suite) {
    return Optional.ofNullable((SuiteReport) suite.getAttribute(REPORT));
  }

  /**
   * A test has ended.
   *
   * @param call the call on whose loop it was to run; null if it was to run on none
   */
  static void tested(ITestResult result, @Nullable LoopCall call) {
    of(result.getTestContext().getSuite())
        .ifPresent(report -> {
          if (isLeftOut(result)) {
            report.skipped(1);
          } else if (call == null) {
            report.test(ended(result, result, ""), elapsed(result));
          } else {
            report.test(ended(call.keyOf(result), result, call.seedInWords()));
          }
        });
  }

  /** As those are for which a configuration method has failed, or another seed. */
  private static boolean isLeftOut(ITestResult result) {
    return result.getStatus() == ITestResult.SKIP && !LoopSettings.isAborted(result.getThrowable());
  }

  private static Duration elapsed(ITestResult result) {
    return Duration.ofMillis(result.getEndMillis() - result.getStartMillis());
  }

  private static Ended ended(Object key, ITestResult result, String seed) {
    return new Ended(
        key,
        result.getMethod().getRealClass().getName(),
        result.getMethod().getMethodName() + parameters(result) + seed,
        outcome(result),
        result.getThrowable());
  }

  private static String parameters(ITestResult result) {
    Object[] parameters = result.getParameters();
    return parameters.length == 0
        ? ""
        : Arrays.stream(parameters)
            .map(String::valueOf)
            .collect(Collectors.joining(", ", "(", ")"));
  }

  private static Outcome outcome(ITestResult result) {
    return switch (result.getStatus()) {
      case ITestResult.SUCCESS -> Outcome.PASSED;
      case ITestResult.SKIP -> Outcome.ABORTED;
      default -> Outcome.FAILED;
    };
  }

  /** The loop that the tests of an instance have shared is closed. */
  static void closed(LoopCall call, Class<?> testClass, ITestContext context) {
    of(context.getSuite())
        .ifPresent(report ->
            report.fixtures(new Ended(call, testClass.getName(), "", Outcome.PASSED, null)));
  }

  /** A configuration method has failed. */
  static void configurationFailed(ITestResult result) {
    of(result.getTestContext().getSuite())
        .ifPresent(report -> report.fixtures(ended(result, result, "")));
  }
}
