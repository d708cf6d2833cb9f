package dev.standstill.explore.race;

import dev.standstill.explore.program.PlainPlaces;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The races of an exploration: decides in which runs is watched what may race, has tasks be
 * preempted there from then on, and keeps what was seen to race. For one thread; others may run
 * what {@link #ahead} and {@link #again} give as long as nothing is learnt.
 */
public final class RaceWatch {

  /** So many runs are watched at first, and again after each that was worth it. */
  private static final int WATCHED_AT_FIRST = 20;

  /** Later it is one in so many. */
  private static final int WATCHED_ONE_IN = 64;

  /** So many runs after each that was worth it, every other one is slow. */
  private static final int SLOW_AT_FIRST = 8;

  private final boolean looks;
  private final boolean learns;
  private final Set<RaceRun.Pair> known = new HashSet<>();
  private final List<Meeting> meetings = new ArrayList<>();
  private Learnt learnt;

  /** The number of the first run after the last that was worth watching. */
  private long afterWorth;

  private RaceWatch(boolean looks, boolean learns, Learnt learnt) {
    this.looks = looks;
    this.learns = learns;
    this.learnt = learnt;
  }

  /**
   * A watch that learns what may race.
   *
   * @param looks whether races are of interest; if not, nothing is learnt either
   * @param all whether tasks may be preempted before all plain accesses anyhow
   */
  public static RaceWatch learning(boolean looks, boolean all) {
    return new RaceWatch(looks, looks && !all, Learnt.NOTHING);
  }

  /**
   * A watch over a run that is repeated.
   *
   * @param note the {@link RaceRun#note} of it
   * @throws IllegalArgumentException if it is none
   */
  public static RaceWatch repeating(String note, boolean looks) {
    RaceWatch watch = new RaceWatch(looks, false, Learnt.parse(note));
    PlainPlaces.points(watch.learnt.points());
    return watch;
  }

  /** Whether nobody but this may begin the run of a number: it may teach something, or is slow. */
  public boolean isOwn(long number) {
    return watches(number) || isSlow(number);
  }

  private boolean watches(long number) {
    return learns
        && !isSlow(number)
        && (number - afterWorth < WATCHED_AT_FIRST || number % WATCHED_ONE_IN == 0);
  }

  private boolean isSlow(long number) {
    if (!learns || learnt.points().isEmpty()) {
      return false;
    }
    long sinceWorth = number - afterWorth;
    return sinceWorth < SLOW_AT_FIRST
        ? sinceWorth % 2 == 1
        : number % WATCHED_ONE_IN == WATCHED_ONE_IN / 2;
  }

  /** The run of a number begins, from 0. */
  public RaceRun begin(long number) {
    boolean watches = watches(number);
    PlainPlaces.points(learnt.points());
    PlainPlaces.watch(watches);
    return new RaceRun(looks, watches, known, learnt.slowly(isSlow(number)), true);
  }

  /** Makes runs, none of which is an own one; any thread may begin them. */
  public Supplier<RaceRun> ahead() {
    Learnt current = learnt;
    Set<RaceRun.Pair> knownBefore = Set.copyOf(known);
    return () -> new RaceRun(looks, false, knownBefore, current, true);
  }

  /**
   * A run begins once more, or one that is like it.
   *
   * @param note the {@link RaceRun#note} of it
   */
  public RaceRun again(String note) {
    Learnt then = Learnt.parse(note);
    return new RaceRun(looks, false, Set.of(), then, then.points().equals(learnt.points()));
  }

  /** A run has ended, whoever has begun it: keeps the races that were seen in it. */
  public void sees(RaceRun run) {
    if (run.watches()) {
      PlainPlaces.watch(false);
    }
    run.met()
        .forEach((pair, meeting) -> {
          if (known.add(pair)) {
            meetings.add(meeting);
          }
        });
  }

  /** Whether a run has taught that tasks may race elsewhere, too. */
  public boolean isTaughtBy(RaceRun run) {
    return !learnt.points().containsAll(run.learnt());
  }

  /**
   * Takes what a run has taught about what may race: in those from {@code next} on tasks are
   * preempted there.
   */
  public void learns(RaceRun run, long next) {
    Set<Integer> points = new TreeSet<>(learnt.points());
    points.addAll(run.learnt());
    learnt = new Learnt(points, false);
    afterWorth = next;
  }

  /** What was seen to race, in the order in which it was. */
  public List<Meeting> meetings() {
    return meetings;
  }
}
