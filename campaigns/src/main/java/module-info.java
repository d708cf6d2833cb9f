/** Spreads an exploration over many machines: shards, their results, and the merge of these. */
module dev.standstill.campaigns {
  requires transitive dev.standstill.explore;
  requires dev.standstill.timeline;
  requires static transitive org.jspecify;

  exports dev.standstill.campaigns;
}
