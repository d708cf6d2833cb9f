package dev.standstill.explore.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Goes on with each task until it waits, and then with the one that is ready the longest, but for
 * the switches that it is given; those that cannot be made are left out. For one run.
 */
public final class Scripted extends Search {

  /** So many other ways to go on are noted at the most. */
  private static final int MOST_OFFERS = 2_000;

  private final Map<Moment, Long> script = new HashMap<>();
  private final Set<Switch> made = new LinkedHashSet<>();
  private final List<Switch> offers = new ArrayList<>();

  /**
   * @param switches at most one for each moment
   */
  public Scripted(List<Switch> switches) {
    switches.forEach(one -> script.put(one.when(), one.to()));
  }

  /** Those of the switches that were made, in the order of time. */
  public List<Switch> made() {
    return List.copyOf(made);
  }

  /** The first of those that could have been made after the last that was. */
  public List<Switch> offers() {
    return made.size() < script.size() ? List.of() : offers;
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
  boolean wakes() {
    return false;
  }

  @Override
  boolean happens(int oneIn) {
    return false;
  }

  private int pick(Moment moment, Candidates candidates, int usual) {
    Long to = script.get(moment);
    if (to != null) {
      int picked = indexOf(to, candidates, usual + 1);
      if (picked >= 0) {
        made.add(new Switch(moment, to));
        return picked;
      }
    }
    if (made.size() == script.size()) {
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
    for (int index = from; index < candidates.size() && offers.size() < MOST_OFFERS; index++) {
      offers.add(new Switch(moment, candidates.get(index).path));
    }
  }
}
