package dev.standstill.explore.shrink;

import dev.standstill.explore.search.Scripted;
import dev.standstill.explore.search.Switch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the fewest switches under which a program fails in the same way. First those are taken
 * out of the failing schedule that it does not need ({@link DeltaDebugging}), then any two; then,
 * since the fewest of one schedule need not be the fewest of all, schedules with one switch are
 * tried, then with two and so on, as in iterative context bounding (M. Musuvathi, S. Qadeer, PLDI
 * 2007). Used once, by one thread.
 *
 * @param <R> what is known of a failing run
 */
public final class Shrinking<R> {

  private static final int MOST_TRIES = 20_000;

  /** So many schedules are tried that are no part of the failing one. */
  private static final int MOST_OTHERS = 2_000;

  /** Of more switches not any two are taken out. */
  private static final int MOST_FOR_PAIRS = 50;

  private final Program<R> program;
  private final BooleanSupplier stop;
  private @Nullable R smallest;
  private List<Switch> switches = List.of();
  private int tries;
  private int others;
  private boolean cut;

  /** What is run. */
  @FunctionalInterface
  public interface Program<R> {
    /** Runs it once; returns null unless it fails as it did. */
    @Nullable R run(Scripted search);
  }

  /**
   * @param stop true when there is no more time
   */
  public Shrinking(Program<R> program, BooleanSupplier stop) {
    this.program = program;
    this.stop = stop;
  }

  /**
   * Makes a failing schedule small.
   *
   * @param failing its switches
   * @return what is known of the run with the fewest; null if it does not fail again
   */
  public @Nullable R shrink(List<Switch> failing) {
    if (fails(failing) == null) {
      return null;
    }
    if (fails(List.of()) == null) {
      switches = new DeltaDebugging<>(this::fails, this::isOver).minimize(switches);
      takeOutOneByOne();
      takeOutPairs();
      tryFewer();
    }
    return smallest;
  }

  /** The switches of the smallest schedule. */
  public List<Switch> switches() {
    return switches;
  }

  /** Whether it might be smaller, had there been more time. */
  public boolean wasCut() {
    return cut;
  }

  private boolean isOver() {
    cut |= tries >= MOST_TRIES || stop.getAsBoolean();
    return cut;
  }

  /** Tries one schedule; returns those of its switches that were made, or null if it passes. */
  private @Nullable List<Switch> fails(List<Switch> some) {
    if (isOver()) {
      return null;
    }
    Scripted search = new Scripted(some);
    return fails(search) ? switches : null;
  }

  private boolean fails(Scripted search) {
    tries++;
    R run = program.run(search);
    if (run == null) {
      return false;
    }
    smallest = run;
    switches = search.made();
    return true;
  }

  /** From the last to the first, for what comes late most often does not matter. */
  private void takeOutOneByOne() {
    for (int index = switches.size() - 1; index >= 0; index--) {
      if (index < switches.size()) {
        fails(DeltaDebugging.without(switches, index, index + 1));
      }
    }
  }

  /** One may only undo what the other does. */
  private void takeOutPairs() {
    boolean goesOn = switches.size() > 2 && switches.size() <= MOST_FOR_PAIRS;
    while (goesOn) {
      goesOn = takeOutPair(List.copyOf(switches));
    }
  }

  private boolean takeOutPair(List<Switch> all) {
    for (int first = 0; first < all.size(); first++) {
      for (int second = first + 1; second < all.size(); second++) {
        List<Switch> rest = DeltaDebugging.without(all, second, second + 1);
        if (fails(DeltaDebugging.without(rest, first, first + 1)) != null) {
          return true;
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
