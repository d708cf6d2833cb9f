/** Event loops that can be stopped, stepped and replayed, in virtual time. */
module dev.standstill.test {
  requires transitive dev.standstill.loop;
  requires java.management; // Watchdog
  requires static transitive org.jspecify;

  exports dev.standstill.test;
}
