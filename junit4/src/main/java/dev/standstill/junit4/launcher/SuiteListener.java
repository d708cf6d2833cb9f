package dev.standstill.junit4.launcher;

import dev.standstill.junit4.LoopSuite;
import dev.standstill.test.stage.UnknownParameters;
import dev.standstill.test.suite.Ended;
import dev.standstill.test.suite.Outcome;
import dev.standstill.test.suite.SuiteReport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Lets the agent in before JUnit loads the first test, and has tests run on loops, and reported
 * about, as the configuration parameters of the run say.
 */
public final class SuiteListener implements LauncherSessionListener {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  /** Called by the JUnit Platform through {@code ServiceLoader}. */
  public SuiteListener() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    session.getLauncher().registerTestExecutionListeners(new OfRun());
  }

  /** What the vintage engine tells of classes and of tests that are left out. */
  private static final class OfRun implements TestExecutionListener {

    private static final UniqueId.Segment VINTAGE =
        UniqueId.forEngine("junit-vintage").getLastSegment();

    private volatile @Nullable TestPlan plan;
    private volatile @Nullable SuiteReport report;

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
      UnknownParameters.warn(plan.getConfigurationParameters().keySet());
      Function<String, @Nullable String> parameters =
          name -> plan.getConfigurationParameters().get(name).orElse(null);
      try {
        LoopSuite.install(parameters);
        report = SuiteReport.begin(plan, parameters).orElse(null);
        this.plan = plan;
      } catch (IllegalStateException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Tests of JUnit 4 run on loops only where a runner or a rule says so: "
                + e.getMessage());
      }
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
      SuiteReport now = report;
      TestPlan running = plan;
      if (now != null && running != null && isOfVintage(test)) {
        long tests =
            Stream.concat(Stream.of(test), running.getDescendants(test).stream())
                .filter(TestIdentifier::isTest)
                .count();
        now.skipped((int) tests);
      }
    }

    /** A class may have had a loop for all its tests, and may fail as a whole. */
    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      SuiteReport now = report;
      if (now != null
          && !test.isTest()
          && isOfVintage(test)
          && test.getSource().orElse(null) instanceof ClassSource type) {
        Throwable thrown = result.getThrowable().orElse(null);
        Outcome outcome =
            switch (result.getStatus()) {
              case SUCCESSFUL -> Outcome.PASSED;
              case ABORTED -> Outcome.ABORTED;
              case FAILED -> Outcome.FAILED;
            };
        now.fixtures(new Ended(type.getJavaClass(), type.getClassName(), "", outcome, thrown));
      }
    }

    private static boolean isOfVintage(TestIdentifier test) {
      return test.getUniqueIdObject().getSegments().contains(VINTAGE);
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
      SuiteReport ended = report;
      report = null;
      if (ended != null) {
        ended.end();
      }
    }
  }
}
