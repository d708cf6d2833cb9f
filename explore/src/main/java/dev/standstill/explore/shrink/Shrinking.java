package dev.standstill.explore.shrink;

import dev.standstill.explore.search.Scripted;
import dev.standstill.explore.search.Switch;
import dev.standstill.test.ReplayToken;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the fewest switches under which a program fails in the same way. First those are taken
 * out of the failing schedule that it does not need ({@link DeltaDebugging}); then schedules are
 * tried that are like it ({@link Neighbours}), and some in which one switch stands for two or more
 * that follow each other; then, since the fewest of one schedule need not be the fewest of all,
 * schedules with one switch are tried, then with two and so on, as in iterative context bounding
 * (M. Musuvathi, S. Qadeer, PLDI 2007). Of schedules with as many switches, the one in which tasks
 * change less often is the smaller one. Used once, by one thread.
 */
public final class Shrinking {

  private static final int MOST_TRIES = 20_000;

  /** So many schedules are tried that are no part of the failing one. */
  private static final int MOST_OTHERS = 1_000;

  private static final int MOST_NEIGHBOURS = 2_000;

  private static final int MOST_REPLACEMENTS = 2_000;

  /** Of more switches no two are changed at once. */
  private static final int MOST_FOR_NEIGHBOURS = 50;

  private final Program program;
  private final BooleanSupplier stop;
  private @Nullable ReplayToken smallest;
  private List<Switch> switches = List.of();
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
   * @param failing its switches
   * @return what repeats the run with the fewest; null if it does not fail again
   */
  public @Nullable ReplayToken shrink(List<Switch> failing) {
    if (fails(failing) == null) {
      return null;
    }
    if (fails(List.of()) == null) {
      switches = new DeltaDebugging<Switch>(this::fails, this::isOver).minimize(switches);
      takeOutOneByOne();
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

  /** Tries one schedule; returns those of its switches that were made, or null if it is no use. */
  private @Nullable List<Switch> fails(List<Switch> some) {
    if (isOver()) {
      return null;
    }
    Scripted search = new Scripted(some);
    return fails(search) ? switches : null;
  }

  private boolean fails(Scripted search) {
    tries++;
    ReplayToken run = program.run(search);
    failedAgain = run != null;
    if (run == null || !isSmaller(search.made(), run)) {
      return false;
    }
    smallest = run;
    switches = search.made();
    return true;
  }

  private boolean isSmaller(List<Switch> made, ReplayToken run) {
    return smallest == null
        || made.size() < switches.size()
        || made.size() == switches.size() && run.slices() < smallest.slices();
  }

  /** From the last to the first, for what comes late most often does not matter. */
  private void takeOutOneByOne() {
    for (int index = switches.size() - 1; index >= 0; index--) {
      if (index < switches.size()) {
        fails(DeltaDebugging.without(switches, index, index + 1));
      }
    }
  }

  /** Those with as many switches may have neighbours with fewer. */
  private void tryNeighbours() {
    Set<List<Switch>> known = new HashSet<>();
    Deque<List<Switch>> next = new ArrayDeque<>(List.of(switches));
    int most = tries + MOST_NEIGHBOURS;
    while (!next.isEmpty() && switches.size() > 1 && switches.size() <= MOST_FOR_NEIGHBOURS) {
      Iterator<List<Switch>> neighbours = new Neighbours(next.remove()).all().iterator();
      boolean goesOn = true;
      while (goesOn && neighbours.hasNext() && tries < most && !isOver()) {
        Scripted search = new Scripted(neighbours.next());
        if (fails(search)) {
          next.clear();
          next.add(switches);
          goesOn = false;
        } else if (failedAgain
            && search.made().size() == switches.size()
            && known.add(search.made())) {
          next.add(search.made());
        }
      }
    }
  }

  /** Tries one switch, at any time, in place of several that follow each other. */
  private void tryOneForSome() {
    int most = tries + MOST_REPLACEMENTS;
    boolean goesOn = switches.size() <= MOST_FOR_NEIGHBOURS;
    while (goesOn) {
      goesOn = findsOneForSome(most);
    }
  }

  private boolean findsOneForSome(int most) {
    List<Switch> all = switches;
    for (int from = all.size() - 2; from >= 0 && !isOver(); from--) {
      List<Switch> before = all.subList(0, from);
      for (Switch offer : offers(before)) {
        for (int to = from + 2; to <= all.size(); to++) {
          if (tries >= most || isOver()) {
            return false;
          }
          List<Switch> some = new ArrayList<>(before);
          some.add(offer);
          some.addAll(all.subList(to, all.size()));
          if (fails(some) != null) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Tries schedules that have nothing to do with the failing one. */
  private void tryFewer() {
    List<List<Switch>> begun = List.of(List.of());
    int most = switches.size() - 1;
    for (int count = 1; count <= most && !begun.isEmpty(); count++) {
      List<List<Switch>> next = new ArrayList<>();
      for (List<Switch> prefix : begun) {
        if (tryOneMore(prefix, next)) {
          return;
        }
      }
      begun = next;
    }
  }

  /** Tries all schedules with one more switch; adds those that pass to {@code passing}. */
  private boolean tryOneMore(List<Switch> prefix, List<List<Switch>> passing) {
    for (Switch offer : offers(prefix)) {
      List<Switch> more = new ArrayList<>(prefix);
      more.add(offer);
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

  private List<Switch> offers(List<Switch> prefix) {
    Scripted search = new Scripted(prefix);
    tries++;
    program.run(search);
    return search.offers();
  }
}
