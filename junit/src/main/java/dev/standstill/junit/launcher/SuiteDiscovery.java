package dev.standstill.junit.launcher;

import dev.standstill.junit.LoopExtension;
import dev.standstill.test.TestLoop;
import dev.standstill.test.stage.LoopPattern;
import org.junit.platform.launcher.LauncherDiscoveryListener;
import org.junit.platform.launcher.LauncherDiscoveryRequest;

/**
 * Before tests are looked for: makes sure that they can run on loops if some are to without an
 * annotation. What it throws ends the run, as tests that do not run where they should prove
 * nothing. JUnit calls it.
 */
final class SuiteDiscovery implements LauncherDiscoveryListener {

  @Override
  public void launcherDiscoveryStarted(LauncherDiscoveryRequest request) {
    request
        .getConfigurationParameters()
        .get(LoopPattern.PARAMETER)
        .map(LoopPattern::parse)
        .filter(pattern -> !pattern.isNone())
        .ifPresent(pattern -> prepare());
  }

  /** Throws if tests cannot run on loops here; the message says why. */
  private static void prepare() {
    new LoopExtension();
    TestLoop.open().close();
  }
}
