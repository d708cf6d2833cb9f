package dev.standstill.junit.suite;

import dev.standstill.test.stage.LoopPattern;
import dev.standstill.test.suite.SuiteReport;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says which names in {@code standstill.loop} match nothing, and reports about the tests of a run
 * when they have ended. JUnit calls it.
 */
public final class SuiteListener implements TestExecutionListener {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  private volatile boolean onLoops;
  private volatile @Nullable SuiteRun run;

  /** For a session of JUnit's launcher. */
  public SuiteListener() {}

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    Optional<LoopPattern> pattern = pattern(plan).filter(each -> !each.isNone());
    pattern.ifPresent(each -> warnOfUnmatched(each, plan));
    onLoops = pattern.isPresent();
    if (onLoops) {
      WholeSuite.begins();
    }
    run =
        SuiteReport.begin(plan, name -> plan.getConfigurationParameters().get(name).orElse(null))
            .map(report -> new SuiteRun(plan, report))
            .orElse(null);
  }

  /** Who began to look for tests has been told already if it cannot be read. */
  private static Optional<LoopPattern> pattern(TestPlan plan) {
    try {
      return plan.getConfigurationParameters().get(LoopPattern.PARAMETER).map(LoopPattern::parse);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void warnOfUnmatched(LoopPattern pattern, TestPlan plan) {
    Stream<LoopPattern.TestName> tests =
        plan.getRoots().stream()
            .flatMap(root -> plan.getDescendants(root).stream())
            .flatMap(test -> name(test).stream());
    List<String> unmatched = pattern.unmatched(tests);
    if (!unmatched.isEmpty()) {
      warn(
          "%s: no test of this run is matched by %s. A name with a dot is that of a class with its package, one without is the class alone; * stands for any letters."
              .formatted(LoopPattern.PARAMETER, String.join(", ", unmatched)));
    }
  }

  private static Optional<LoopPattern.TestName> name(TestIdentifier test) {
    TestSource source = test.getSource().orElse(null);
    return source instanceof MethodSource method
        ? Optional.of(new LoopPattern.TestName(method.getJavaClass(), method.getMethodName()))
        : Optional.empty();
  }

  private static void warn(@Nullable String message) {
    LOG.log(System.Logger.Level.WARNING, message);
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    SuiteRun now = run;
    if (now != null) {
      now.begins(test);
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    SuiteRun now = run;
    if (now != null) {
      now.skips(test);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    SuiteRun now = run;
    if (now != null) {
      now.ends(test, result);
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (onLoops) {
      onLoops = false;
      WholeSuite.ends();
    }
    SuiteRun ended = run;
    if (ended != null) {
      run = null;
      ended.end();
    }
  }
}
