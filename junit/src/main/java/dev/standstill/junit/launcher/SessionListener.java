package dev.standstill.junit.launcher;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * What JUnit finds of Standstill first. The build compiles this class for Java 8 and all others for
 * Java 25, so that a JVM which is too old says so in a sentence, where else it would throw an
 * {@code UnsupportedClassVersionError}.
 */
public final class SessionListener implements LauncherSessionListener {

  private static final int NEEDED = 25;

  /** Called by the JUnit Platform through {@code ServiceLoader}. */
  public SessionListener() {}

  /**
   * Lets the agent in.
   *
   * @throws IllegalStateException if the JVM is too old: no test runs
   */
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    String release = System.getProperty("java.specification.version");
    if (release.startsWith("1.") || Integer.parseInt(release) < NEEDED) {
      throw new IllegalStateException(
          "standstill-junit is on the class path, which needs JDK "
              + NEEDED
              + ", and the tests run on Java "
              + System.getProperty("java.version")
              + " ("
              + System.getProperty("java.home")
              + "): run them on JDK "
              + NEEDED
              + ", for example by JAVA_HOME or by the toolchain of the build.");
    }
    new AgentListener().launcherSessionOpened(session);
  }
}
