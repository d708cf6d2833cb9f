package dev.standstill.explore.report;

import dev.standstill.explore.program.Places;
import dev.standstill.explore.program.Site;
import dev.standstill.explore.search.Story;
import dev.standstill.explore.search.Story.Incident;
import dev.standstill.explore.search.Story.Turn;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Says which switches decide, and what has to happen outside. Immutable. */
final class Switches {

  private static final int MOST = 12;
  private static final int WIDTH = 118;

  private final Story story;

  Switches(Story story) {
    this.story = story;
  }

  /** A sentence, or one for each. */
  String describe() {
    List<EventGroup> events = EventGroup.of(story);
    Counted counted = Counted.of(story);
    String decide = counted.words() + (counted.all() == 1 ? " decides" : " decide");
    return switch (events.size()) {
      case 0 -> "No switch decides: it fails even if each task goes on until it waits.";
      case 1 -> wrapped("%s: %s.".formatted(decide, describe(events.getFirst())), "  ");
      default -> "%s:%n".formatted(decide) + describe(events);
    };
  }

  private String describe(List<EventGroup> events) {
    Stream<String> shown =
        IntStream.range(0, Math.min(MOST, events.size()))
            .mapToObj(index ->
                wrapped("  %d. %s".formatted(index + 1, describe(events.get(index))), "     "));
    Stream<String> more =
        events.size() > MOST
            ? Stream.of("  … and %,d more".formatted(events.size() - MOST))
            : Stream.empty();
    return Stream.concat(shown, more).collect(Collectors.joining(System.lineSeparator()));
  }

  /** Breaks a text into lines, of which all but the first are indented. */
  private static String wrapped(String text, String indent) {
    StringBuilder lines = new StringBuilder();
    String rest = text;
    while (rest.length() > WIDTH) {
      int comma = rest.lastIndexOf(", ", WIDTH - 1) + 1;
      int end = comma > WIDTH / 2 ? comma : rest.lastIndexOf(' ', WIDTH);
      if (end <= indent.length()) {
        break;
      }
      lines.append(rest, 0, end).append(System.lineSeparator());
      rest = indent + rest.substring(end + 1);
    }
    return lines.append(rest).toString();
  }

  private String describe(EventGroup group) {
    return switch (group.event()) {
      case Turn turn -> describe(turn);
      case Incident incident -> describe(incident) + group.often();
    };
  }

  private String describe(Incident incident) {
    String what = incident.words();
    if (incident.task() == Story.NOBODY) {
      return what;
    }
    String where = incident.place().isEmpty() ? "runs" : "is at " + incident.place();
    return "%s, while %s %s".formatted(what, story.name(incident.task()), where);
  }

  /** Says in words what happens at a switch. */
  String describe(Turn turn) {
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
