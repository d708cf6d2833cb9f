/** A network in memory and in virtual time, for all that uses the JDK's sockets. */
module dev.standstill.network {
  requires transitive dev.standstill.test;
  requires static transitive org.jspecify;

  exports dev.standstill.network;

  provides dev.standstill.test.spi.NetworkProvider with
      dev.standstill.network.SimulatedNetworks;
}
