/** JUnit tests that run on loops which stand still. */
@SuppressWarnings("module") // dev.standstill.spring is built later
module dev.standstill.junit {
  requires dev.standstill.agent;
  requires dev.standstill.campaigns;
  requires transitive dev.standstill.explore;
  requires transitive dev.standstill.network;
  requires transitive dev.standstill.test;
  requires dev.standstill.timeline;
  requires transitive org.junit.jupiter.api;
  requires java.management;
  requires static org.junit.platform.launcher;
  requires static transitive org.jspecify;

  exports dev.standstill.junit;
  exports dev.standstill.junit.spi to
      dev.standstill.spring;

  uses dev.standstill.junit.spi.LoopOwners;

  provides org.junit.platform.launcher.LauncherSessionListener with
      dev.standstill.junit.launcher.SessionListener;
}
