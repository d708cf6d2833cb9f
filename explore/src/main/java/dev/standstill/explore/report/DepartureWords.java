package dev.standstill.explore.report;

import dev.standstill.explore.program.Places;
import dev.standstill.explore.program.Site;
import dev.standstill.explore.search.Story;
import dev.standstill.explore.search.Story.Event;
import dev.standstill.explore.search.Story.Incident;
import dev.standstill.explore.search.Story.Turn;

/** Says what happens where a run departs from one that passes. Immutable. */
final class DepartureWords {

  private final Story story;

  DepartureWords(Story story) {
    this.story = story;
  }

  /** In a few words, of the task that ran until then. */
  static String what(Event event) {
    return switch (event) {
      case Turn turn -> turn.interrupted() ? "is preempted" : "cannot go on";
      case Incident incident -> incident.words();
    };
  }

  /** A part of a sentence that has all of it. */
  String text(Event event) {
    return switch (event) {
      case Turn turn -> text(turn);
      case Incident incident -> text(incident);
    };
  }

  private String text(Incident incident) {
    String what = incident.words();
    if (incident.task() == Story.NOBODY) {
      return what;
    }
    String where = incident.place().isEmpty() ? "runs" : "is at " + incident.place();
    return "%s, while %s %s".formatted(what, story.name(incident.task()), where);
  }

  private String text(Turn turn) {
    String before = story.name(turn.before());
    String after = story.name(turn.after());
    return turn.interrupted()
        ? "%s is preempted %s, and %s runs".formatted(before, where(turn), after)
        : "when %s cannot go on%s, %s runs before %s"
            .formatted(before, last(turn), after, story.name(turn.usual()));
  }

  private String where(Turn turn) {
    int last = Involved.before(story.steps(), turn);
    int next = Involved.after(story.steps(), turn);
    int place = turn.place() >= 0 ? turn.place() : next < 0 ? -1 : story.steps().get(next).place();
    if (place < 0) {
      return last < 0 ? "at its start" : "after " + describe(story.steps().get(last).place());
    }
    return last < 0 ? "before " + describe(place) : between(story.steps().get(last).place(), place);
  }

  /** The file is named once if it is the same. */
  private static String between(int last, int next) {
    String second = describe(next);
    boolean isSame = Places.site(last).file().equals(Places.site(next).file());
    return "between %s and %s"
        .formatted(
            describe(last), isSame ? second.substring(Places.site(next).file().length()) : second);
  }

  private String last(Turn turn) {
    int last = Involved.before(story.steps(), turn);
    return last < 0 ? "" : " after " + describe(story.steps().get(last).place());
  }

  private static String describe(int place) {
    Site site = Places.site(place);
    String what = site.isField() ? site.member() : site.asWritten();
    return "%s (%s %s)".formatted(site.where(), site.action(), what);
  }
}
