/** Finds the schedule that breaks a program. */
module dev.standstill.explore {
  requires transitive dev.standstill.test;
  requires java.instrument; // ProgramTransformer
  requires static transitive org.jspecify;

  exports dev.standstill.explore;
}
