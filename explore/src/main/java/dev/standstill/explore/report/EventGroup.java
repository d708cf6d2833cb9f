package dev.standstill.explore.report;

import dev.standstill.explore.search.Story;
import dev.standstill.explore.search.Story.Event;
import dev.standstill.explore.search.Story.Incident;
import java.util.ArrayList;
import java.util.List;

/**
 * Events of which the same is to be said, as when several packets are late at one place. Immutable.
 *
 * @param event the first of them
 * @param times how many there are
 */
record EventGroup(Event event, int times) {

  /** All events of a story, in the order of time. */
  static List<EventGroup> of(Story story) {
    List<EventGroup> groups = new ArrayList<>();
    for (Event event : story.events()) {
      boolean again = !groups.isEmpty() && isSame(groups.getLast().event, event);
      groups.add(new EventGroup(event, again ? groups.removeLast().times + 1 : 1));
    }
    return groups;
  }

  private static boolean isSame(Event before, Event after) {
    return before instanceof Incident one
        && after instanceof Incident other
        && one.step() == other.step()
        && one.task() == other.task()
        && one.place().equals(other.place())
        && one.words().equals(other.words());
  }
}
