/** Event loops whose tasks run on a loop of Netty's. */
module dev.standstill.netty {
  requires transitive dev.standstill.loop;
  requires transitive io.netty.transport;
  requires io.netty.common;
  requires static transitive org.jspecify;

  exports dev.standstill.netty;
}
