package dev.standstill.explore.shrink;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.standstill.explore.search.Departure;
import dev.standstill.explore.search.Happening;
import dev.standstill.explore.search.Scripted;
import dev.standstill.explore.search.Switch;
import dev.standstill.test.ReplayToken;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the fewest things that happen outside, and then for the fewest switches, under which a
 * program fails in the same way. First those are taken out of the failing schedule that it does not
 * need ({@link DeltaDebugging}), of what happens kind by kind; then schedules are tried that are
 * like it ({@link Neighbours}), and some in which one departure stands for two or more that follow
 * each other; then, since the fewest of one schedule need not be the fewest of all, schedules with
 * one departure are tried, then with two and so on, as in iterative context bounding (M. Musuvathi,
 * S. Qadeer, PLDI 2007). Of schedules with as many, the one in which tasks change less often is the
 * smaller one. Used once, by one thread.
 */
public final class Shrinking {

  private static final int MOST_TRIES = 20_000;

  /** So many schedules are tried that are no part of the failing one. */
  private static final int MOST_OTHERS = 1_000;

  private static final int MOST_NEIGHBOURS = 2_000;

  private static final int MOST_REPLACEMENTS = 2_000;

  /** Of more departures no two are changed at once. */
  private static final int MOST_FOR_NEIGHBOURS = 50;

  private final Program program;
  private final BooleanSupplier stop;
  private @Nullable ReplayToken smallest;
  private List<Departure> departures = List.of();
  private int tries;
  private int others;
  private boolean cut;

  /** Whether the last schedule that was tried has failed, be it of use or not. */
  private boolean failedAgain;

  /** What is run. */
  @FunctionalInterface
  public interface Program {
    /** Runs it once; returns what repeats that, or null unless it fails as it did. */
    @Nullable ReplayToken run(Scripted search);
  }

  /**
   * @param stop true when there is no more time
   */
  public Shrinking(Program program, BooleanSupplier stop) {
    this.program = program;
    this.stop = stop;
  }

  /**
   * Makes a failing schedule small.
   *
   * @param failing what it departs from
   * @return what repeats the run with the fewest departures; null if it does not fail again
   */
  public @Nullable ReplayToken shrink(List<Departure> failing) {
    if (fails(failing) == null) {
      return null;
    }
    if (fails(List.of()) == null) {
      takeOutAll(Happening.class::isInstance);
      takeOutAll(Switch.class::isInstance);
      kinds().reversed().forEach(kind -> takeOutAll(ofKind(kind)));
      kinds().forEach(kind -> takeOutMost(ofKind(kind)));
      takeOutOneByOne(Happening.class::isInstance);
      takeOutMost(Switch.class::isInstance);
      takeOutOneByOne(any -> true);
      tryNeighbours();
      tryOneForSome();
      tryFewer();
    }
    return smallest;
  }

  /** Whether it might be smaller, had there been more time. */
  public boolean wasCut() {
    return cut;
  }

  private boolean isOver() {
    cut |= tries >= MOST_TRIES || stop.getAsBoolean();
    return cut;
  }

  /** Tries one schedule; returns what was done of it, or null if it is no use. */
  private @Nullable List<Departure> fails(List<Departure> some) {
    if (isOver()) {
      return null;
    }
    Scripted search = new Scripted(some);
    return fails(search) ? departures : null;
  }

  private boolean fails(Scripted search) {
    tries++;
    ReplayToken run = program.run(search);
    failedAgain = run != null;
    if (run == null || !isSmaller(search.made(), run)) {
      return false;
    }
    smallest = run;
    departures = search.made();
    return true;
  }

  private boolean isSmaller(List<Departure> made, ReplayToken run) {
    if (smallest == null) {
      return true;
    }
    int moreHappenings = happenings(made) - happenings(departures);
    int more = made.size() - departures.size();
    return moreHappenings < 0
        || moreHappenings == 0 && more < 0
        || moreHappenings == 0 && more == 0 && run.slices() < smallest.slices();
  }

  private static int happenings(List<Departure> some) {
    return those(Happening.class::isInstance, some).size();
  }

  private static List<Departure> those(Predicate<Departure> which, List<Departure> some) {
    return some.stream().filter(which).toList();
  }

  /** What happens, the rarest first: there are a few faults, and of many packets each is late. */
  private List<String> kinds() {
    Map<String, Long> counts =
        departures.stream()
            .filter(Happening.class::isInstance)
            .map(Happening.class::cast)
            .collect(groupingBy(Happening::what, TreeMap::new, counting()));
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Predicate<Departure> ofKind(String what) {
    return one -> one instanceof Happening happening && happening.what().equals(what);
  }

  /** What is left has been tried if it is nothing, or all. */
  private void takeOutAll(Predicate<Departure> which) {
    List<Departure> rest = those(which.negate(), departures);
    if (!rest.isEmpty() && rest.size() < departures.size()) {
      fails(rest);
    }
  }

  private void takeOutMost(Predicate<Departure> which) {
    List<Departure> rest = those(which.negate(), departures);
    new DeltaDebugging<Departure>(
            some -> {
              List<Departure> tried = new ArrayList<>(rest);
              tried.addAll(some);
              List<Departure> made = fails(tried);
              return made == null ? null : those(which, made);
            },
            this::isOver)
        .minimize(those(which, departures));
  }

  /** From the last to the first, for what comes late most often does not matter. */
  private void takeOutOneByOne(Predicate<Departure> which) {
    for (int index = departures.size() - 1; index >= 0; index--) {
      if (index < departures.size() && which.test(departures.get(index))) {
        fails(DeltaDebugging.without(departures, index, index + 1));
      }
    }
  }

  /** Those with as many departures may have neighbours with fewer. */
  private void tryNeighbours() {
    Set<List<Departure>> known = new HashSet<>();
    Deque<List<Departure>> next = new ArrayDeque<>(List.of(departures));
    int most = tries + MOST_NEIGHBOURS;
    while (!next.isEmpty() && departures.size() > 1 && departures.size() <= MOST_FOR_NEIGHBOURS) {
      Iterator<List<Departure>> neighbours = new Neighbours(next.remove()).all().iterator();
      boolean goesOn = true;
      while (goesOn && neighbours.hasNext() && tries < most && !isOver()) {
        Scripted search = new Scripted(neighbours.next());
        if (fails(search)) {
          next.clear();
          next.add(departures);
          goesOn = false;
        } else if (failedAgain
            && search.made().size() == departures.size()
            && known.add(search.made())) {
          next.add(search.made());
        }
      }
    }
  }

  /** Tries one departure, at any time, in place of several that follow each other. */
  private void tryOneForSome() {
    int most = tries + MOST_REPLACEMENTS;
    boolean goesOn = departures.size() <= MOST_FOR_NEIGHBOURS;
    while (goesOn) {
      goesOn = findsOneForSome(most);
    }
  }

  private boolean findsOneForSome(int most) {
    List<Departure> all = departures;
    for (int from = all.size() - 2; from >= 0 && !isOver(); from--) {
      List<Departure> before = all.subList(0, from);
      for (Departure offer : offers(before)) {
        for (int to = from + 2; to <= all.size(); to++) {
          if (tries >= most || isOver()) {
            return false;
          }
          List<Departure> some = new ArrayList<>(before);
          some.add(offer);
          some.addAll(all.subList(to, all.size()));
          if (mayBeSmaller(some) && fails(some) != null) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean mayBeSmaller(List<Departure> some) {
    return happenings(some) <= happenings(departures);
  }

  /** Tries schedules that have nothing to do with the failing one. */
  private void tryFewer() {
    List<List<Departure>> begun = List.of(List.of());
    int most = departures.size() - 1;
    for (int count = 1; count <= most && !begun.isEmpty(); count++) {
      List<List<Departure>> next = new ArrayList<>();
      for (List<Departure> prefix : begun) {
        if (tryOneMore(prefix, next)) {
          return;
        }
      }
      begun = next;
    }
  }

  /** Tries all schedules with one more departure; adds those that pass to {@code passing}. */
  private boolean tryOneMore(List<Departure> prefix, List<List<Departure>> passing) {
    for (Departure offer : offers(prefix)) {
      List<Departure> more = new ArrayList<>(prefix);
      more.add(offer);
      if (!mayBeSmaller(more)) {
        continue;
      }
      if (others++ >= MOST_OTHERS || isOver()) {
        return true;
      }
      if (fails(new Scripted(more))) {
        return true;
      }
      passing.add(more);
    }
    return false;
  }

  private List<Departure> offers(List<Departure> prefix) {
    Scripted search = new Scripted(prefix);
    tries++;
    program.run(search);
    return search.offers();
  }
}
