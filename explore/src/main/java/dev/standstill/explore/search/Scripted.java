package dev.standstill.explore.search;

import dev.standstill.core.Chance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Goes on with each task until it waits, and then with the one that is ready the longest, and lets
 * nothing happen outside, but for what it is given; what cannot be done of that is left out. For
 * one run.
 */
public final class Scripted extends Search {

  /** So many other ways to go on are noted at the most, and so many things that may happen. */
  private static final int MOST_OFFERS = 2_000;

  /** Of each of those so many ways. */
  private static final int MOST_WAYS = 8;

  private final Map<Moment, Long> switches = new HashMap<>();

  /** By what happens then in the first of its ways. */
  private final Map<Happening, Happening> happenings = new HashMap<>();

  private final Set<Departure> made = new LinkedHashSet<>();
  private final List<Departure> offers = new ArrayList<>();
  private final Outside outside = new Outside();
  private int switchesOffered;
  private int happeningsOffered;

  /**
   * @param script in any order; at most one switch for each moment, and one of the ways of what may
   *     happen then
   */
  public Scripted(List<? extends Departure> script) {
    for (Departure one : script) {
      switch (one) {
        case Switch(Moment when, long to) -> switches.put(when, to);
        case Happening happening -> happenings.put(happening.inWay(1), happening);
      }
    }
  }

  /** What was done of what it was given, in the order of time. */
  public List<Departure> made() {
    return List.copyOf(made);
  }

  /** The first of what could have been done after the last that was. */
  public List<Departure> offers() {
    return isThrough() ? offers : List.of();
  }

  private boolean isThrough() {
    return made.size() == switches.size() + happenings.size();
  }

  /** The switches that others make because of it are among those that this is given. */
  @Override
  int patience() {
    return 20_000;
  }

  @Override
  int pick(Candidates candidates) {
    ExploredTask asked = candidates.goesOn() ? candidates.get(0) : candidates.before();
    return asked == null ? 0 : pick(Moment.of(asked), candidates, 0);
  }

  @Override
  int pickAfterYield(Candidates candidates) {
    return pick(Moment.of(candidates.get(0)), candidates, 1) - 1;
  }

  @Override
  int draw(Chance chance, @Nullable ExploredTask running) {
    Happening first = outside.next(running, chance.what());
    Happening happening = happenings.get(first);
    if (happening != null && happening.way() <= chance.ways()) {
      made.add(happening);
      return happening.way();
    }
    if (isThrough()) {
      offer(first, Math.min(chance.ways(), MOST_WAYS));
    }
    return 0;
  }

  private void offer(Happening first, int ways) {
    for (int way = 1; way <= ways && happeningsOffered < MOST_OFFERS; way++) {
      happeningsOffered++;
      offers.add(first.inWay(way));
    }
  }

  private int pick(Moment moment, Candidates candidates, int usual) {
    Long to = switches.get(moment);
    if (to != null) {
      int picked = indexOf(to, candidates, usual + 1);
      if (picked >= 0) {
        made.add(new Switch(moment, to));
        return picked;
      }
    }
    if (isThrough()) {
      offer(moment, candidates, usual + 1);
    }
    return usual;
  }

  private static int indexOf(long path, Candidates candidates, int from) {
    for (int index = from; index < candidates.size(); index++) {
      if (candidates.get(index).path == path) {
        return index;
      }
    }
    return -1;
  }

  private void offer(Moment moment, Candidates candidates, int from) {
    for (int index = from; index < candidates.size() && switchesOffered < MOST_OFFERS; index++) {
      switchesOffered++;
      offers.add(new Switch(moment, candidates.get(index).path));
    }
  }
}
