package dev.standstill.explore.report;

import dev.standstill.explore.report.Table.Row;
import dev.standstill.test.Trace;
import dev.standstill.test.Trace.Departure;
import dev.standstill.test.Trace.Step;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What tasks did, a row for each step of a trace, for each switch and for what happened outside.
 * For one thread.
 */
final class Rows {

  /** So many are shown, those next to a departure or to the end first. */
  private static final int MOST = 30;

  /** Those farther away are left out. */
  private static final int FARTHEST = 6;

  /** In whose column is shown what happens while no task runs. */
  private static final String NOBODY = "outside";

  /** What a row shows, before it is known which columns there are. */
  private record Entry(
      int task,
      String place,
      String method,
      String text,
      int times,
      @Nullable Departure departure) {

    boolean isLike(Entry other) {
      return task == other.task && place.equals(other.place) && text.equals(other.text);
    }

    Entry onceMore() {
      return new Entry(task, place, method, text, times + 1, departure);
    }
  }

  private final Map<Integer, String> names = new HashMap<>();
  private final List<Entry> entries = new ArrayList<>();

  /**
   * @param trace with departures and steps
   */
  Rows(Trace trace) {
    names.put(0, NOBODY);
    trace.tasks().forEach(task -> names.put(task.id(), task.name()));
    List<Departure> departures = trace.departures();
    int shown = 0;
    for (int number = 1; number <= departures.size(); number++) {
      Departure departure = departures.get(number - 1);
      trace.steps().subList(shown, departure.steps()).forEach(this::add);
      shown = departure.steps();
      add(departure, departures.size() == 1 ? "" : " (" + number + ")");
    }
    trace.steps().subList(shown, trace.steps().size()).forEach(this::add);
  }

  private void add(Step step) {
    Entry entry = new Entry(step.task(), step.place(), step.method(), step.text(), 1, null);
    if (!entries.isEmpty() && entries.getLast().isLike(entry)) {
      entry = entries.removeLast().onceMore();
    }
    entries.add(entry);
  }

  private void add(Departure departure, String which) {
    String text = "-- " + departure.what() + Counted.often(departure.times()) + which + " --";
    entries.add(new Entry(departure.task(), departure.place(), "", text, 1, departure));
  }

  private String name(int task) {
    return names.getOrDefault(task, "unnamed-" + task);
  }

  /** The lines of the table; none if nothing was told. */
  List<String> lines() {
    BitSet shown = shown();
    int[] tasks =
        shown.stream().map(index -> entries.get(index).task).distinct().sorted().toArray();
    List<Row> rows = new ArrayList<>();
    int next = 0;
    for (int index = shown.nextSetBit(0); index >= 0; index = shown.nextSetBit(index + 1)) {
      addGap(rows, index - next);
      Entry entry = entries.get(index);
      int column = IntStream.range(0, tasks.length).filter(at -> tasks[at] == entry.task).sum();
      String times = Counted.often(entry.times);
      boolean spans = entry.departure != null && !entry.departure.isSwitch();
      rows.add(new Row(entry.place, entry.method, column, entry.text + times, spans));
      next = index + 1;
    }
    return rows.isEmpty()
        ? List.of()
        : Table.of(IntStream.of(tasks).mapToObj(this::name).toList(), rows).lines();
  }

  private static void addGap(List<Row> rows, int left) {
    if (left > 0) {
      rows.add(new Row("… %,d more".formatted(left), "", 0, "", false));
    }
  }

  private BitSet shown() {
    int[] distances = distances();
    BitSet shown = new BitSet();
    IntStream.range(0, entries.size())
        .filter(index -> distances[index] <= FARTHEST)
        .boxed()
        .sorted(Comparator.comparingInt(index -> distances[index]))
        .limit(MOST)
        .forEach(shown::set);
    return shown;
  }

  /** How far each is from the next departure, or from the end. */
  private int[] distances() {
    int[] distances = new int[entries.size()];
    int last = Integer.MAX_VALUE / 2;
    for (int index = 0; index < distances.length; index++) {
      last = entries.get(index).departure != null ? 0 : last + 1;
      distances[index] = last;
    }
    last = 0;
    for (int index = distances.length - 1; index >= 0; index--) {
      last = entries.get(index).departure != null ? 0 : last + 1;
      distances[index] = Math.min(distances[index], last);
    }
    return distances;
  }
}
