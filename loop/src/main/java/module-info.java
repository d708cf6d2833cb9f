/** Event loops whose tasks are virtual threads. */
@SuppressWarnings("module") // dev.standstill.test and dev.standstill.explore are built later
module dev.standstill.loop {
  requires dev.standstill.agent;
  requires transitive java.instrument; // ProgramCode
  requires static java.desktop; // SwingHost
  requires static java.management; // LoopMetrics.register
  requires static jdk.jfr; // FlightEvents, while a recording runs
  requires jdk.unsupported; // SignalAccess
  requires static transitive org.jspecify;

  exports dev.standstill;
  exports dev.standstill.metrics;
  exports dev.standstill.core to
      dev.standstill.test,
      dev.standstill.explore,
      dev.standstill.network;
  exports dev.standstill.jdk.sockets to
      dev.standstill.test,
      dev.standstill.network;
}
