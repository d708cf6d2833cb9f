package dev.standstill.spring;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.springframework.core.SpringProperties;

/**
 * Keeps Spring 7 from pausing contexts that other test classes do not use. On a loop they stand
 * still anyway, and pausing one would wait, on the loop of another, for threads that do.
 */
public final class PauseListener implements LauncherSessionListener {

  private static final String PAUSE = "spring.test.context.cache.pause";

  /** Called by the JUnit Platform through {@code ServiceLoader}. */
  public PauseListener() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    keepContextsRunning();
  }

  /** Has an effect until the first context is asked for, unless the user has said otherwise. */
  static void keepContextsRunning() {
    if (SpringProperties.getProperty(PAUSE) == null) {
      SpringProperties.setProperty(PAUSE, "never");
    }
  }
}
