package dev.standstill.explore.report;

import dev.standstill.test.Trace;
import dev.standstill.test.Trace.Departure;
import java.util.ArrayList;
import java.util.List;

/** How many switches decide in a run, and how many things that have happened outside. Immutable. */
public record Counted(int switches, int happenings) {

  /** Those of the departures of a trace. */
  public static Counted of(Trace trace) {
    return new Counted(count(trace, true), count(trace, false));
  }

  private static int count(Trace trace, boolean areSwitches) {
    return trace.departures().stream()
        .filter(departure -> departure.isSwitch() == areSwitches)
        .mapToInt(Departure::times)
        .sum();
  }

  /** How often, to be added to what is said; empty if once. */
  static String often(int times) {
    return times == 1 ? "" : " (%,d times)".formatted(times);
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
