package dev.standstill.junit.launcher;

import dev.standstill.test.TestLoop;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets the agent in before JUnit loads the first test, so that no flag is needed. Where it cannot
 * be, the first test that needs it says so. And has parameters that nobody reads warned of.
 */
final class AgentListener implements LauncherSessionListener {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  AgentListener() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    session.getLauncher().registerTestExecutionListeners(new Parameters());
    try {
      TestLoop.open().close();
    } catch (IllegalStateException e) {
      LOG.log(System.Logger.Level.DEBUG, "The agent is not there yet.", e);
    }
  }
}
