package dev.standstill.timeline;

import dev.standstill.test.Trace;
import dev.standstill.timeline.Words.Group;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A small picture of the end of a trace, for where no script runs: lanes, what tasks wait for, who
 * lets whom go on, and when time moves. Used once.
 */
final class SvgTimeline {

  private static final int MOST_SLICES = 120;
  private static final int MOST_LANES = 16;
  private static final int WIDTH = 760;
  private static final int NAMES = 150;
  private static final int LANE = 18;
  private static final int TOP = 20;

  /** The colours of the page, dark enough for white and light enough for black. */
  private static final Map<Group, String> COLOURS =
      new EnumMap<>(
          Map.of(
              Group.LOCK, "#d55e00",
              Group.MONITOR, "#b07d00",
              Group.QUEUE, "#2f8fc4",
              Group.SLEEP, "#969ca4",
              Group.FUTURE, "#00876a",
              Group.SOCKET, "#3d7fd0",
              Group.OUTSIDE, "#a8447f",
              Group.OTHER, "#7a7f86"));

  private static final String BAR = "#5f83a8";
  private static final String BAD = "#d0334f";

  private final Trace trace;
  private final List<Trace.Slice> shown;
  private final Map<Integer, Integer> lanes = new LinkedHashMap<>();
  private final Map<Long, Double> begins = new HashMap<>();
  private final StringBuilder svg = new StringBuilder();
  private double unit;

  SvgTimeline(Trace trace) {
    this.trace = trace;
    int size = trace.slices().size();
    this.shown = trace.slices().subList(Math.max(0, size - MOST_SLICES), size);
    shown.forEach(slice -> {
      if (lanes.size() < MOST_LANES) {
        lanes.putIfAbsent(slice.task(), lanes.size());
      }
    });
  }

  String text() {
    int height = TOP + lanes.size() * LANE + 4;
    svg.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" style=\"max-width:%dpx;width:100%%\" role=\"img\" font-family=\"system-ui,sans-serif\" font-size=\"11\" fill=\"currentColor\"><title>%s</title>"
            .formatted(WIDTH, height, WIDTH, HtmlTimeline.escaped(title())));
    place(height);
    Map<Integer, Trace.Slice> last = new HashMap<>();
    for (Trace.Slice slice : shown) {
      if (lanes.containsKey(slice.task())) {
        waits(last.put(slice.task(), slice), begins.getOrDefault(slice.number(), 0.0));
      }
    }
    last.values().forEach(slice -> waits(slice, WIDTH));
    shown.forEach(this::bar);
    shown.forEach(this::arrow);
    lanes.forEach((task, lane) -> {
      Trace.Slice slice = last.get(task);
      text(4, middle(lane) + 4, slice == null ? "" : cut(slice.name()));
    });
    return svg.append("</svg>").toString();
  }

  private String title() {
    String part =
        shown.size() == trace.slices().size()
            ? "%,d slices".formatted(shown.size())
            : "the last %,d of %,d slices".formatted(shown.size(), trace.slices().size());
    return "%s: %s of %,d tasks".formatted(trace.loop(), part, lanes.size());
  }

  private static String cut(String name) {
    return name.length() > 22 ? name.substring(0, 21) + "…" : name;
  }

  private static int middle(int lane) {
    return TOP + lane * LANE + LANE / 2;
  }

  /** Finds out where slices begin, and draws the moves of time between them. */
  private void place(int height) {
    List<Trace.Jump> jumps =
        shown.isEmpty()
            ? List.of()
            : trace.jumps().stream()
                .filter(jump -> jump.after() >= shown.getFirst().number())
                .toList();
    unit = (WIDTH - NAMES - 8.0) / Math.max(1, shown.size() + jumps.size());
    double at = NAMES;
    int next = 0;
    double free = 0;
    for (Trace.Slice slice : shown) {
      while (next < jumps.size() && jumps.get(next).after() < slice.number()) {
        free = band(jumps.get(next++), at, height, free);
        at += unit;
      }
      begins.put(slice.number(), at);
      at += unit;
    }
    while (next < jumps.size()) {
      free = band(jumps.get(next++), at, height, free);
      at += unit;
    }
  }

  private double band(Trace.Jump jump, double at, int height, double free) {
    rectangle(at, TOP, unit, height - TOP, "#8090a0", 0.18);
    Duration passed = jump.to().minus(jump.from());
    String words = Words.of(passed);
    double half = words.length() * 3.0;
    double middle = at + unit / 2;
    if (middle - half < free) {
      return free;
    }
    svg.append(
        "<text x=\"%s\" y=\"12\" text-anchor=\"middle\">%s</text>"
            .formatted(number(middle), HtmlTimeline.escaped(words)));
    return middle + half + 6;
  }

  private void waits(Trace.@Nullable Slice before, double until) {
    Integer lane = before == null ? null : lanes.get(before.task());
    if (before == null || before.then() == null || lane == null) {
      return;
    }
    double from = begins.getOrDefault(before.number(), 0.0) + unit;
    rectangle(
        from,
        middle(lane) - 1,
        Math.max(0, until - from),
        2,
        COLOURS.getOrDefault(Words.group(before.then()), BAR),
        1);
  }

  private void bar(Trace.Slice slice) {
    Integer lane = lanes.get(slice.task());
    if (lane != null) {
      boolean failed =
          trace.failures().stream().anyMatch(failure -> failure.slice() == slice.number());
      rectangle(
          begins.getOrDefault(slice.number(), 0.0),
          middle(lane) - 6,
          Math.max(1, unit - (unit > 4 ? 1 : 0)),
          12,
          failed ? BAD : BAR,
          1);
    }
  }

  private void arrow(Trace.Slice slice) {
    Trace.Cause cause = slice.cause();
    Integer to = lanes.get(slice.task());
    Integer from = cause == null ? null : lanes.get(cause.task());
    Double begin = cause == null ? null : begins.get(cause.slice());
    if (from == null || to == null || begin == null || from.equals(to) || unit < 4) {
      return;
    }
    svg.append(
        "<path d=\"M%s %d L%s %d\" stroke=\"currentColor\" stroke-opacity=\"0.5\" fill=\"none\"/>"
            .formatted(
                number(begin + unit),
                middle(from),
                number(begins.getOrDefault(slice.number(), 0.0)),
                middle(to)));
  }

  private void rectangle(
      double x, double y, double width, double height, String colour, double opacity) {
    svg.append(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"%s/>"
            .formatted(
                number(x),
                number(y),
                number(width),
                number(height),
                colour,
                opacity == 1 ? "" : " fill-opacity=\"" + opacity + '"'));
  }

  private void text(double x, double y, String words) {
    svg.append(
        "<text x=\"%s\" y=\"%s\">%s</text>"
            .formatted(number(x), number(y), HtmlTimeline.escaped(words)));
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number).replaceFirst("\\.0$", "");
  }
}
