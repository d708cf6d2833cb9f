/** Event loops in the registries of Micrometer. */
module dev.standstill.micrometer {
  requires transitive dev.standstill.loop;
  requires transitive micrometer.core;
  requires static transitive org.jspecify;

  exports dev.standstill.micrometer;
}
