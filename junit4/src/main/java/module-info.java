/** JUnit 4 tests that run on loops which stand still. */
@SuppressWarnings("module") // It ends with a digit, as the name of what it is for does.
module dev.standstill.junit4 {
  requires dev.standstill.agent;
  requires transitive dev.standstill.test;
  requires transitive junit;
  requires static org.junit.platform.launcher;
  requires static transitive org.jspecify;

  exports dev.standstill.junit4;

  provides org.junit.platform.launcher.LauncherSessionListener with
      dev.standstill.junit4.launcher.SuiteListener;
}
