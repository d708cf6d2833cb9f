package dev.standstill.junit.launcher;

import dev.standstill.junit.suite.SuiteListener;
import dev.standstill.test.TestLoop;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets the agent in before JUnit loads the first test, so that no flag is needed. Where it cannot
 * be, the first test that needs it says so. And has parameters that nobody reads warned of, and
 * whole suites run on loops and reported about.
 */
final class AgentListener implements LauncherSessionListener {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  AgentListener() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    session.getLauncher().registerLauncherDiscoveryListeners(new SuiteDiscovery());
    session.getLauncher().registerTestExecutionListeners(new Parameters(), new SuiteListener());
    try {
      TestLoop.open().close();
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "The agent is not there yet.", e);
    }
  }
}
