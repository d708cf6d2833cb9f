/** Shows what a loop ran: as a page, as text, and in forms that other tools open. */
module dev.standstill.timeline {
  requires transitive dev.standstill.test;
  requires static transitive org.jspecify;

  exports dev.standstill.timeline;

  provides dev.standstill.test.spi.TimelineProvider with
      dev.standstill.timeline.TimelinePages;
}
