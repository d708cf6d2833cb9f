package dev.standstill.explore.report;

import dev.standstill.explore.program.Site;
import dev.standstill.explore.program.Site.Action;
import dev.standstill.explore.report.Table.Row;
import dev.standstill.explore.search.Story;
import dev.standstill.explore.search.Story.Event;
import dev.standstill.explore.search.Story.Incident;
import dev.standstill.explore.search.Story.Step;
import dev.standstill.explore.search.Story.Turn;
import dev.standstill.test.BlockedTask;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.Trace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What tasks did, a row for each step that matters, for each switch and for what happened outside.
 * For one thread.
 */
final class Rows {

  /** So many are shown, those next to an event or to the end first. */
  private static final int MOST = 30;

  /** Those farther away are left out. */
  private static final int FARTHEST = 6;

  /** What a row shows, before it is known which columns there are. */
  private record Entry(
      int task, String place, String method, String text, int times, @Nullable Event event) {

    boolean isLike(Entry other) {
      return task == other.task && place.equals(other.place) && text.equals(other.text);
    }

    Entry onceMore() {
      return new Entry(task, place, method, text, times + 1, event);
    }
  }

  private final Story story;
  private final Labels labels;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Step> involved = new ArrayList<>();

  /** After which tasks wait for ever. */
  private final Set<Step> blocked = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * @param failure how the run ended
   */
  Rows(Story story, Throwable failure) {
    this.story = story;
    Involved mattering = new Involved(story);
    this.labels = new Labels(mattering.targets(), story.steps());
    if (failure instanceof DeadlockException deadlock) {
      deadlock.blocked().forEach(this::addBlocked);
    }
    int[] steps = mattering.steps().toArray();
    int shown = 0;
    List<EventGroup> events = EventGroup.of(story);
    for (int number = 1; number <= events.size(); number++) {
      EventGroup event = events.get(number - 1);
      while (shown < steps.length && steps[shown] < event.event().step()) {
        add(story.steps().get(steps[shown++]));
      }
      add(event, events.size() == 1 ? "" : " (" + number + ")");
    }
    while (shown < steps.length) {
      add(story.steps().get(steps[shown++]));
    }
  }

  /** Tasks wait for what they have used last; its number is to be that of the message. */
  private void addBlocked(BlockedTask task) {
    Optional<Step> last =
        story.steps().reversed().stream().filter(step -> step.task() == task.id()).findFirst();
    Object object = task.object();
    if (last.isPresent() && object != null) {
      Object target = last.get().target();
      if (target != null) {
        labels.number(target, object);
      }
      blocked.add(last.get());
    }
  }

  private void add(Step step) {
    involved.add(step);
    String text = text(step) + (blocked.contains(step) ? ", waits" : "");
    String where = step.site().where();
    Entry entry = new Entry(step.task(), where, step.site().inMethod(), text, 1, null);
    if (!entries.isEmpty() && entries.getLast().isLike(entry)) {
      entry = entries.removeLast().onceMore();
    }
    entries.add(entry);
  }

  private void add(EventGroup group, String which) {
    Event event = group.event();
    String text = "-- " + text(event) + group.often() + which + " --";
    entries.add(new Entry(event.task(), place(event), "", text, 1, event));
  }

  private static String text(Event event) {
    return switch (event) {
      case Turn turn -> turn.interrupted() ? "is preempted" : "cannot go on";
      case Incident incident -> incident.words();
    };
  }

  private static String place(Event event) {
    return event instanceof Incident incident ? incident.place() : "";
  }

  private String text(Step step) {
    Site site = step.site();
    Object target = step.target();
    String what =
        switch (site.action()) {
          case READS, WRITES -> site.action() + " " + ofTarget(step, site.member());
          case CALLS -> ofTarget(step, site.asWritten()) + "()";
          case ENTERS, WAITS ->
              (site.action() == Action.ENTERS ? "enters monitor of " : "waits in monitor of ")
                  + (target == null ? "?" : labels.target(target));
        };
    return step.value() == null ? what : what + ": " + labels.value(step.value().object());
  }

  /** Says on which object, if there are several. */
  private String ofTarget(Step step, String member) {
    Object target = step.target();
    if (target == null || !labels.isOneOfMany(target)) {
      return member;
    }
    return labels.target(target) + "." + step.site().member();
  }

  /** The steps that matter, each in words. */
  List<Trace.Step> traced() {
    return involved.stream()
        .map(step -> new Trace.Step(step.slice(), step.task(), step.site().where(), text(step)))
        .toList();
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
      String times = EventGroup.often(entry.times);
      boolean spans = entry.event instanceof Incident;
      rows.add(new Row(entry.place, entry.method, column, entry.text + times, spans));
      next = index + 1;
    }
    return rows.isEmpty()
        ? List.of()
        : Table.of(IntStream.of(tasks).mapToObj(story::name).toList(), rows).lines();
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

  /** How far each is from the next event, or from the end. */
  private int[] distances() {
    int[] distances = new int[entries.size()];
    int last = Integer.MAX_VALUE / 2;
    for (int index = 0; index < distances.length; index++) {
      last = entries.get(index).event != null ? 0 : last + 1;
      distances[index] = last;
    }
    last = 0;
    for (int index = distances.length - 1; index >= 0; index--) {
      last = entries.get(index).event != null ? 0 : last + 1;
      distances[index] = Math.min(distances[index], last);
    }
    return distances;
  }
}
