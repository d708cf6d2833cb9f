package dev.standstill.explore.race;

import dev.standstill.core.TaskRecord;
import dev.standstill.explore.program.Places;
import dev.standstill.explore.program.Places.Memory;
import dev.standstill.explore.program.PlainPlaces;
import dev.standstill.explore.program.Site;
import dev.standstill.explore.race.Contents.Effect;
import dev.standstill.explore.race.Meeting.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The races of one run. Confined to its loop. */
public final class RaceRun {

  /** In a run no more plain accesses are watched than these, as each takes a while. */
  private static final int MOST_WATCHED = 100_000;

  /** Elements of arrays are looked for by this part of their index. */
  private static final int INDEX_MASK = 0xFF;

  /** In a slow run no more accesses take long than these. */
  private static final int MOST_SLOW = 50;

  private final boolean looks;
  private final Set<Pair> known;
  private final Learnt depends;
  private final boolean isCurrent;
  private final @Nullable HappensBefore order;
  private final Map<Integer, Recent<Shadow>> shadows = new HashMap<>();
  private final Set<Integer> learnt = new TreeSet<>();
  private final Map<Pair, Meeting> met = new LinkedHashMap<>();
  private final List<Unsure> unsure = new ArrayList<>();
  private int left = MOST_WATCHED;
  private int leftSlow = MOST_SLOW;

  /**
   * What makes two meetings the same race: one is told for a field, and for what two lines do to
   * arrays, or to objects of one class that are not made for threads.
   *
   * @param one the lower of the keys of both places
   * @param content the class of such an object; null for anything else
   */
  record Pair(int one, int other, @Nullable Class<?> content) {

    static Pair of(int place, int placeOfOther, @Nullable Object target) {
      int first = PlainPlaces.key(place);
      int second = PlainPlaces.key(placeOfOther);
      Class<?> content =
          target == null || Places.memory(place) != Memory.CONTENT ? null : target.getClass();
      return new Pair(Math.min(first, second), Math.max(first, second), content);
    }
  }

  /** A meeting that is a race if the one that has gone on has changed the size meanwhile. */
  private record Unsure(Meeting meeting, Pair pair, Object target, int size) {

    boolean hasChanged() {
      return Contents.size(target) != size;
    }
  }

  /**
   * @param looks whether races are of interest
   * @param watches whether to learn what may race
   * @param known the pairs of places of which it is known, and that are not to be told again
   * @param depends on what was learnt
   * @param isCurrent whether no more has been learnt since
   */
  RaceRun(boolean looks, boolean watches, Set<Pair> known, Learnt depends, boolean isCurrent) {
    this.looks = looks;
    this.known = known;
    this.depends = depends;
    this.isCurrent = isCurrent;
    this.order = watches ? new HappensBefore() : null;
  }

  /** A run whose races are of no interest. */
  public static RaceRun none() {
    return new RaceRun(false, false, Set.of(), Learnt.NOTHING, true);
  }

  /** Whether what tasks do is to be told; else only who stands where. */
  public boolean watches() {
    return order != null;
  }

  /**
   * Whether time passes while tasks stand before accesses, as it does if processors are busy; so
   * that others come to theirs that are due later. A program may fail then whose times are meant to
   * be exact, and that is no failure of it.
   */
  public boolean isSlow() {
    return depends.slow();
  }

  /** Whether it does so before the next access. */
  public boolean isNextSlow() {
    return isSlow() && leftSlow-- > 0;
  }

  /**
   * Whether a task may be preempted at the place of a plain access that is told. More are told than
   * that if others are watched, or if more has been learnt than was when this run was first made.
   */
  public boolean isPoint(int place) {
    return PlainPlaces.isPoint(place)
        && (isCurrent || depends.points().contains(PlainPlaces.key(place)));
  }

  /** What repeats this run, for a replay token; empty if nothing was learnt before. */
  public String note() {
    return depends.toString();
  }

  /** What was seen in this run, in this order. */
  public List<Meeting> meetings() {
    return List.copyOf(met.values());
  }

  /** The keys of the places that may race. */
  Set<Integer> learnt() {
    return learnt;
  }

  /** The same, by pairs of places. */
  Map<Pair, Meeting> met() {
    return met;
  }

  /** A task begins; only while this {@link #watches}. */
  public TaskClock begins(Thread seen) {
    return order().begins(seen);
  }

  /** A task does what orders others. */
  public void touches(TaskClock task, @Nullable Object target, int place) {
    order().touches(task, target, place);
  }

  /** A task has entered a monitor. */
  public void enters(TaskClock task, Object monitor) {
    order().enters(task, monitor);
  }

  /** A task has exited a monitor, or is about to wait in it. */
  public void exits(TaskClock task, Object monitor) {
    order().exits(task, monitor);
  }

  private HappensBefore order() {
    if (order == null) {
      throw new IllegalStateException("This run is not watched.");
    }
    return order;
  }

  /** A task is about to make a plain access. */
  public void accesses(TaskClock task, @Nullable Object target, int index, int place) {
    task.returned();
    if (left == 0) {
      return;
    }
    if (--left == 0) {
      PlainPlaces.watch(false);
    }
    Effect effect = effect(target, place);
    if (effect == Effect.NONE) {
      return;
    }
    Shadow shadow = shadow(target, index, place);
    int earlier =
        effect != Effect.READS ? shadow.writtenBy(task, place) : shadow.readBy(task, place);
    if (earlier != Shadow.NONE) {
      learnt.add(PlainPlaces.key(earlier));
      learnt.add(PlainPlaces.key(place));
    }
  }

  private Shadow shadow(@Nullable Object target, int index, int place) {
    int location =
        switch (Places.memory(place)) {
          case ELEMENT -> -2 - (index & INDEX_MASK);
          case CONTENT -> -1;
          default -> Places.location(place);
        };
    return shadows.computeIfAbsent(location, key -> new Recent<>(Shadow::new)).of(target, index);
  }

  private static Effect effect(@Nullable Object target, int place) {
    if (Places.memory(place) == Memory.CONTENT) {
      return target == null ? Effect.NONE : Contents.of(target, Places.site(place).member());
    }
    return Places.writes(place) ? Effect.WRITES : Effect.READS;
  }

  /**
   * Two tasks stand before accesses to one target, and to one element of it.
   *
   * @param running the one that calls, and goes on now
   */
  public void meet(
      TaskRecord running,
      int place,
      TaskRecord waiting,
      int placeOfWaiting,
      @Nullable Object target) {
    if (!looks || Places.memory(place) != Places.memory(placeOfWaiting)) {
      return;
    }
    Effect first = effect(target, place);
    Effect second = effect(target, placeOfWaiting);
    Pair pair = Pair.of(place, placeOfWaiting, target);
    if (!mayConflict(place, placeOfWaiting, first, second)
        || known.contains(pair)
        || met.containsKey(pair)) {
      return;
    }
    Meeting meeting =
        new Meeting(
            subject(target, place),
            new Part(running.name(), place, first != Effect.READS, Stacks.ofCaller()),
            new Part(waiting.name(), placeOfWaiting, second != Effect.READS, Stacks.of(waiting)));
    if (first == Effect.RESIZES && target != null) {
      unsure.add(new Unsure(meeting, pair, target, Contents.size(target)));
    } else {
      add(meeting, pair);
    }
  }

  /**
   * Of an object that is not made for threads it is what it is, whatever the program takes it for.
   */
  private static String subject(@Nullable Object target, int place) {
    Site site = Places.site(place);
    return target != null && Places.memory(place) == Memory.CONTENT
        ? target.getClass().getSimpleName() + "." + site.member()
        : site.what();
  }

  private void add(Meeting meeting, Pair pair) {
    met.putIfAbsent(pair, meeting);
  }

  /** Of a call that may have changed a collection only that which goes on can tell. */
  private static boolean mayConflict(int one, int other, Effect first, Effect second) {
    return switch (Places.memory(one)) {
      case FIELD, ELEMENT ->
          Places.location(one) == Places.location(other)
              && (first == Effect.WRITES || second == Effect.WRITES);
      case CONTENT ->
          first != Effect.NONE
              && second != Effect.NONE
              && (first == Effect.RESIZES || first == Effect.WRITES || second == Effect.WRITES);
      default -> false;
    };
  }

  /** The call that was made last is over, or is about to let others run. */
  public void settles() {
    if (!unsure.isEmpty()) {
      unsure.stream().filter(Unsure::hasChanged).forEach(one -> add(one.meeting, one.pair));
      unsure.clear();
    }
  }
}
