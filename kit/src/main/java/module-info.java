/** Event loops that can be stopped, stepped and replayed, in virtual time. */
@SuppressWarnings("module") // dev.standstill.explore and those for test frameworks are built later
module dev.standstill.test {
  requires transitive dev.standstill.loop;
  requires java.management; // Watchdog
  requires static transitive org.jspecify;

  uses dev.standstill.test.spi.NetworkProvider;
  uses dev.standstill.test.spi.TimelineProvider;

  exports dev.standstill.test;
  exports dev.standstill.test.spi to
      dev.standstill.campaigns,
      dev.standstill.explore,
      dev.standstill.network,
      dev.standstill.timeline,
      dev.standstill.junit,
      dev.standstill.testng;
  exports dev.standstill.test.stage to
      dev.standstill.junit,
      dev.standstill.junit4,
      dev.standstill.testng;
  exports dev.standstill.test.suite to
      dev.standstill.junit,
      dev.standstill.junit4,
      dev.standstill.testng;
}
