package dev.standstill.explore.report;

import dev.standstill.test.Trace;
import dev.standstill.test.Trace.Departure;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Says which switches decide, and what has to happen outside. Immutable. */
final class Deciding {

  private static final int MOST = 12;
  private static final int WIDTH = 118;

  private final Trace trace;

  Deciding(Trace trace) {
    this.trace = trace;
  }

  /** A sentence, or one for each. */
  String describe() {
    List<Departure> departures = trace.departures();
    Counted counted = Counted.of(trace);
    String decide = counted.words() + (counted.all() == 1 ? " decides" : " decide");
    return switch (departures.size()) {
      case 0 -> "No switch decides: it fails even if each task goes on until it waits.";
      case 1 -> wrapped("%s: %s.".formatted(decide, describe(departures.getFirst())), "  ");
      default -> "%s:%n".formatted(decide) + describe(departures);
    };
  }

  private static String describe(List<Departure> departures) {
    Stream<String> shown =
        IntStream.range(0, Math.min(MOST, departures.size()))
            .mapToObj(index ->
                wrapped("  %d. %s".formatted(index + 1, describe(departures.get(index))), "     "));
    Stream<String> more =
        departures.size() > MOST
            ? Stream.of("  … and %,d more".formatted(departures.size() - MOST))
            : Stream.empty();
    return Stream.concat(shown, more).collect(Collectors.joining(System.lineSeparator()));
  }

  private static String describe(Departure departure) {
    return departure.text() + Counted.often(departure.times());
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
}
