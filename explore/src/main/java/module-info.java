/** Finds the schedule that breaks a program. */
@SuppressWarnings("module") // dev.standstill.campaigns is built later
module dev.standstill.explore {
  requires transitive dev.standstill.test;
  requires java.instrument; // ProgramTransformer
  requires static transitive org.jspecify;

  exports dev.standstill.explore;
  exports dev.standstill.explore.kept to
      dev.standstill.campaigns;
}
