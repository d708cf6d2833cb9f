package dev.standstill.explore.report;

import dev.standstill.explore.search.Story;
import java.util.ArrayList;
import java.util.List;

/**
 * How many switches there are in a run, and how many things that have happened outside. Immutable.
 */
record Counted(int switches, int happenings) {

  static Counted of(Story story) {
    return new Counted(story.turns().size(), story.incidents().size());
  }

  int all() {
    return switches + happenings;
  }

  /** Such as "3 switches and 1 happening"; "no switch" if there is neither. */
  String words() {
    List<String> words = new ArrayList<>();
    if (switches > 0 || happenings == 0) {
      words.add(switches == 0 ? "no switch" : count(switches, "switch", "switches"));
    }
    if (happenings > 0) {
      words.add(count(happenings, "happening", "happenings"));
    }
    return String.join(" and ", words);
  }

  /** The same after another, of which it need not be said again what is counted. */
  String wordsAfter(Counted before) {
    boolean onlySwitches = before.happenings == 0 && happenings == 0;
    boolean onlyHappenings = before.switches == 0 && switches == 0 && happenings > 0;
    return onlySwitches || onlyHappenings ? "%,d".formatted(all()) : words();
  }

  private static String count(int number, String one, String many) {
    return "%,d %s".formatted(number, number == 1 ? one : many);
  }
}
