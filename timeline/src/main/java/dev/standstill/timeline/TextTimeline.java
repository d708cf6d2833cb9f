package dev.standstill.timeline;

import dev.standstill.test.Trace;
import dev.standstill.timeline.Words.Group;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A trace as text: the lanes as rows, and below them what ran, a column for each task. Used once.
 */
final class TextTimeline {

  private static final int MOST_LANES = 60;
  private static final int MOST_ROWS = 40;
  private static final int LEAST_COLUMN = 14;
  private static final String PLAIN = "\u001b[0m";

  private static final Map<Group, Character> SIGNS =
      new EnumMap<>(
          Map.of(
              Group.LOCK, 'L',
              Group.MONITOR, 'M',
              Group.QUEUE, 'Q',
              Group.SLEEP, 's',
              Group.FUTURE, 'F',
              Group.SOCKET, 'N',
              Group.OUTSIDE, 'O',
              Group.OTHER, 'p'));

  private static final Map<Group, String> COLOURS =
      new EnumMap<>(
          Map.of(
              Group.LOCK, "\u001b[31m",
              Group.MONITOR, "\u001b[33m",
              Group.QUEUE, "\u001b[36m",
              Group.SLEEP, "\u001b[90m",
              Group.FUTURE, "\u001b[32m",
              Group.SOCKET, "\u001b[34m",
              Group.OUTSIDE, "\u001b[35m",
              Group.OTHER, "\u001b[37m"));

  private static final String SWITCH_COLOUR = "\u001b[1;35m";
  private static final String BAD_COLOUR = "\u001b[1;31m";

  private final Trace trace;
  private final int width;
  private final boolean colours;
  private final Set<String> program;
  private final List<String> lines = new ArrayList<>();

  TextTimeline(Trace trace, int width, boolean colours) {
    this.trace = trace;
    this.width = width;
    this.colours = colours;
    this.program = Set.copyOf(trace.program());
  }

  String text() {
    lines.add(head());
    if (!trace.slices().isEmpty()) {
      lines.add("");
      addLanes();
      addDepartures();
      addPassing();
      lines.add("");
      addRows();
    }
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  private String head() {
    Duration passed =
        trace.jumps().isEmpty()
            ? trace.slices().isEmpty() ? Duration.ZERO : trace.slices().getLast().time()
            : trace.jumps().getLast().to();
    return "%s: %,d tasks, %,d slices, %s of virtual time%s."
        .formatted(
            trace.loop(),
            trace.tasks().size(),
            trace.slices().size(),
            Words.of(passed),
            trace.end() == null ? "" : "; it " + trace.end().outcome());
  }

  private String coloured(String text, String colour) {
    return colours ? colour + text + PLAIN : text;
  }

  /** One letter for one slice, or for several that do not fit. */
  private void addLanes() {
    Map<Integer, String> names = new LinkedHashMap<>();
    trace.slices().forEach(slice -> names.putIfAbsent(slice.task(), slice.name()));
    List<Integer> shown = names.keySet().stream().limit(MOST_LANES).toList();
    int nameWidth =
        Math.min(
            width / 4,
            shown.stream().mapToInt(task -> names.getOrDefault(task, "").length()).max().orElse(0));
    int room = width - nameWidth - 2;
    int cells = Math.min(room, trace.slices().size());
    Map<Integer, Lane> lanes = lanes(shown, cells);
    EnumSet<Group> used = EnumSet.noneOf(Group.class);
    lanes.forEach((task, lane) ->
        lines.add(
            "%s  %s"
                .formatted(fitted(names.getOrDefault(task, ""), nameWidth), describe(lane, used))));
    addMarks(nameWidth, cells);
    if (names.size() > shown.size()) {
      lines.add("… %,d more tasks".formatted(names.size() - shown.size()));
    }
    int each = Math.ceilDiv(trace.slices().size(), cells);
    lines.add(
        "One letter is %s. █ it runs%s"
            .formatted(
                each == 1 ? "one slice" : "up to %,d slices".formatted(each),
                used.stream()
                    .map(group ->
                        coloured(
                            ", %c it waits for %s".formatted(SIGNS.get(group), word(group)),
                            COLOURS.getOrDefault(group, "")))
                    .collect(Collectors.joining())));
  }

  private static String word(Group group) {
    return switch (group) {
      case LOCK -> "a lock, condition or semaphore";
      case MONITOR -> "a monitor";
      case QUEUE -> "a queue or work";
      case SLEEP -> "its time";
      case FUTURE -> "a future, thread or latch";
      case SOCKET -> "a socket";
      case OUTSIDE -> "the outside";
      case OTHER -> "an unpark";
    };
  }

  private int cell(long slice, int cells) {
    return (int) ((slice - 1) * cells / trace.slices().size());
  }

  /** In which cells a task runs, and what it waits for in the others. */
  private static final class Lane {
    final boolean[] runs;
    final @Nullable Group[] waits;
    Trace.@Nullable Slice last;

    Lane(int cells) {
      runs = new boolean[cells];
      waits = new Group[cells];
    }
  }

  private Map<Integer, Lane> lanes(List<Integer> shown, int cells) {
    Map<Integer, Lane> lanes = new LinkedHashMap<>();
    shown.forEach(task -> lanes.put(task, new Lane(cells)));
    for (Trace.Slice slice : trace.slices()) {
      Lane lane = lanes.get(slice.task());
      if (lane != null) {
        int at = cell(slice.number(), cells);
        waits(lane, at, cells);
        lane.runs[at] = true;
        lane.last = slice;
      }
    }
    lanes.values().forEach(lane -> waits(lane, cells, cells));
    return lanes;
  }

  private void waits(Lane lane, int until, int cells) {
    Trace.Slice last = lane.last;
    if (last != null && last.then() != null) {
      for (int at = cell(last.number(), cells) + 1; at < until; at++) {
        lane.waits[at] = Words.group(last.then());
      }
    }
  }

  private String describe(Lane lane, EnumSet<Group> used) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lane.runs.length; i++) {
      Group waits = lane.waits[i];
      if (lane.runs[i]) {
        text.append('█');
      } else if (waits == null) {
        text.append(' ');
      } else {
        used.add(waits);
        text.append(coloured(String.valueOf(SIGNS.get(waits)), COLOURS.getOrDefault(waits, "")));
      }
    }
    return text.toString().stripTrailing();
  }

  /** Where the switches are that decide. */
  private void addMarks(int nameWidth, int cells) {
    if (trace.departures().isEmpty()) {
      return;
    }
    StringBuilder marks = new StringBuilder(" ".repeat(cells));
    for (int i = 0; i < trace.departures().size(); i++) {
      long slice = trace.departures().get(i).slice();
      if (slice >= 1 && slice <= trace.slices().size()) {
        marks.setCharAt(cell(slice, cells), i < 9 ? (char) ('1' + i) : '+');
      }
    }
    lines.add(
        fitted(nameWidth < 8 ? "" : "switches", nameWidth)
            + "  "
            + coloured(marks.toString().stripTrailing(), SWITCH_COLOUR));
  }

  private void addDepartures() {
    for (int number = 1; number <= trace.departures().size(); number++) {
      lines.add(
          coloured(
              "%s decides: %s."
                  .formatted(
                      Words.capitalised(Words.departure(trace, number)),
                      trace.departures().get(number - 1).text()),
              SWITCH_COLOUR));
    }
  }

  /** The lanes of the nearest run that passes, to be compared. */
  private void addPassing() {
    Trace.Passing passing = trace.passing();
    if (passing == null || passing.trace().slices().isEmpty()) {
      return;
    }
    TextTimeline other = new TextTimeline(passing.trace(), width, colours);
    other.addLanes();
    lines.add("");
    lines.add("%s it passes:".formatted(Words.capitalised(Words.without(trace, passing))));
    lines.addAll(other.lines);
  }

  /** What one task did, in one row. */
  private record Row(int task, String place, String text, boolean isMark) {}

  private void addRows() {
    List<Row> rows = rows();
    int from = Math.max(0, rows.size() - MOST_ROWS);
    List<Row> shown = rows.subList(from, rows.size());
    List<Integer> tasks = shown.stream().map(Row::task).distinct().sorted().toList();
    int place =
        Math.min(width / 3, shown.stream().mapToInt(row -> row.place().length()).max().orElse(0));
    int column = tasks.isEmpty() ? 0 : (width - place - 2) / tasks.size();
    boolean isTable = column >= LEAST_COLUMN;
    Map<Integer, String> names = new HashMap<>();
    trace.tasks().forEach(task -> names.put(task.id(), task.name()));
    if (isTable) {
      String heads =
          tasks.stream()
              .map(task -> fitted(names.getOrDefault(task, ""), column - 1))
              .collect(Collectors.joining(" "));
      lines.add((" ".repeat(place + 2) + heads).stripTrailing());
    }
    if (from > 0) {
      lines.add("… %,d before".formatted(from));
    }
    for (Row row : shown) {
      int indent = isTable ? tasks.indexOf(row.task()) * column : 0;
      String who = isTable ? "" : names.getOrDefault(row.task(), "") + ": ";
      int room = Math.max(LEAST_COLUMN, width - place - 2 - indent);
      String text = fitted(who + row.text(), room).stripTrailing();
      lines.add(
          (fittedEnd(row.place(), place)
                  + "  "
                  + " ".repeat(indent)
                  + (row.isMark() ? coloured(text, SWITCH_COLOUR) : text))
              .stripTrailing());
    }
    trace
        .failures()
        .forEach(failure ->
            lines.add(
                coloured(
                    "%s throws in slice %d: %s"
                        .formatted(
                            names.getOrDefault(failure.task(), "Something"),
                            failure.slice(),
                            failure.text().lines().findFirst().orElse("")),
                    BAD_COLOUR)));
  }

  /** Steps that others can race with, where they were told; else slices. */
  private List<Row> rows() {
    Map<Long, List<Trace.Step>> steps =
        trace.steps().stream().collect(Collectors.groupingBy(Trace.Step::slice));
    List<Row> rows = new ArrayList<>();
    for (Trace.Slice slice : trace.slices()) {
      for (int number = 1; number <= trace.departures().size(); number++) {
        Trace.Departure made = trace.departures().get(number - 1);
        if (made.slice() == slice.number()) {
          String text = "-- %s --".formatted(Words.departure(trace, number));
          rows.add(new Row(made.task(), made.place(), text, true));
        }
      }
      if (steps.isEmpty()) {
        rows.add(row(slice));
      } else {
        steps
            .getOrDefault(slice.number(), List.of())
            .forEach(step -> rows.add(new Row(step.task(), step.place(), step.text(), false)));
      }
    }
    return rows;
  }

  private Row row(Trace.Slice slice) {
    String then =
        slice.ended()
            ? "ends"
            : slice.then() == null ? "lets others run" : Words.waits(slice.then());
    String place = Words.line(slice.stack(), program);
    return new Row(
        slice.task(),
        place.isEmpty() ? String.format(Locale.ROOT, "%,d", slice.number()) : place,
        then,
        false);
  }

  /** What matters most of a place is its line. */
  private static String fittedEnd(String text, int width) {
    return text.length() > width
        ? "…" + text.substring(text.length() - width + 1)
        : fitted(text, width);
  }

  private static String fitted(String text, int width) {
    if (text.length() > width) {
      return width <= 1 ? text.substring(0, width) : text.substring(0, width - 1) + "…";
    }
    return text + " ".repeat(width - text.length());
  }
}
