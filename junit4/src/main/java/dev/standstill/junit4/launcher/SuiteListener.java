package dev.standstill.junit4.launcher;

import dev.standstill.junit4.LoopSuite;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/**
 * Lets the agent in before JUnit loads the first test, and has tests run on loops as the
 * configuration parameters of the run say.
 */
public final class SuiteListener implements LauncherSessionListener {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  /** Called by the JUnit Platform through {@code ServiceLoader}. */
  public SuiteListener() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    session.getLauncher().registerTestExecutionListeners(new OfRun());
  }

  private static final class OfRun implements TestExecutionListener {

    @Override
    public void testPlanExecutionStarted(TestPlan plan) {
      try {
        LoopSuite.install(name -> plan.getConfigurationParameters().get(name).orElse(null));
      } catch (IllegalStateException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "Tests of JUnit 4 run on loops only where a runner or a rule says so: "
                + e.getMessage());
      }
    }
  }
}
