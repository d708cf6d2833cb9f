/** Event loops whose tasks run on a loop of Vert.x's. */
module dev.standstill.vertx {
  requires transitive dev.standstill.loop;
  requires transitive io.vertx.core;
  requires io.netty.common;
  requires io.netty.transport;
  requires static transitive org.jspecify;

  exports dev.standstill.vertx;
}
