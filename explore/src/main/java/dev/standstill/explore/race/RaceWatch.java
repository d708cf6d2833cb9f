package dev.standstill.explore.race;

import dev.standstill.explore.program.PlainPlaces;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The races of an exploration: decides in which runs is watched what may race, has tasks be
 * preempted there from then on, and keeps what was seen to race. For one thread.
 */
public final class RaceWatch {

  /** So many runs are watched at first, and again after each that was worth it. */
  private static final int WATCHED_AT_FIRST = 20;

  /** Later it is one in so many. */
  private static final int WATCHED_ONE_IN = 64;

  /** So many runs after each that was worth it, every other one is slow. */
  private static final int SLOW_AT_FIRST = 8;

  private static final int KEY_BYTES = 3;

  private final boolean looks;
  private final boolean learns;
  private final Set<Integer> points = new TreeSet<>();
  private final Set<Long> known = new HashSet<>();
  private final List<Meeting> meetings = new ArrayList<>();
  private long runs;
  private long lastWorth;
  private boolean slow;

  private RaceWatch(boolean looks, boolean learns) {
    this.looks = looks;
    this.learns = learns;
  }

  /**
   * A watch that learns what may race.
   *
   * @param looks whether races are of interest; if not, nothing is learnt either
   * @param all whether tasks may be preempted before all plain accesses anyhow
   */
  public static RaceWatch learning(boolean looks, boolean all) {
    return new RaceWatch(looks, looks && !all);
  }

  /**
   * A watch over a run that is repeated.
   *
   * @param note what {@link #note} was then
   * @throws IllegalArgumentException if it is none
   */
  public static RaceWatch repeating(String note, boolean looks) {
    RaceWatch watch = new RaceWatch(looks, false);
    byte[] keys = decode(note);
    watch.slow = keys.length % KEY_BYTES != 0;
    for (int at = 0; at + KEY_BYTES <= keys.length; at += KEY_BYTES) {
      int key = 0;
      for (int part = 0; part < KEY_BYTES; part++) {
        key = key << Byte.SIZE | Byte.toUnsignedInt(keys[at + part]);
      }
      watch.points.add(key);
    }
    return watch;
  }

  private static byte[] decode(String note) {
    try {
      return Base64.getUrlDecoder().decode(note);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\"%s\" at the end of the replay token cannot be read: copy the token as a whole."
              .formatted(note),
          e);
    }
  }

  /** The next run begins. */
  public RaceRun begin() {
    long sinceWorth = runs - lastWorth;
    slow =
        learns
            && !points.isEmpty()
            && (sinceWorth < SLOW_AT_FIRST
                ? sinceWorth % 2 == 1
                : runs % WATCHED_ONE_IN == WATCHED_ONE_IN / 2);
    boolean watches =
        learns && !slow && (sinceWorth < WATCHED_AT_FIRST || runs % WATCHED_ONE_IN == 0);
    runs++;
    PlainPlaces.points(points);
    PlainPlaces.watch(watches);
    return new RaceRun(looks, watches, slow, known);
  }

  /** The last run begins once more. */
  public RaceRun again() {
    PlainPlaces.points(points);
    PlainPlaces.watch(false);
    return new RaceRun(looks, false, slow, Set.of());
  }

  /** A run has ended: keeps the races that were seen in it. */
  public void sees(RaceRun run) {
    meetings.addAll(run.meetings());
    known.addAll(run.met());
  }

  /**
   * Takes what a run has taught about what may race; returns whether in the next ones tasks are
   * preempted elsewhere, too.
   */
  public boolean learns(RaceRun run) {
    boolean isWorth = points.addAll(run.learnt());
    if (isWorth) {
      lastWorth = runs;
    }
    return isWorth;
  }

  /** What was seen to race, in the order in which it was. */
  public List<Meeting> meetings() {
    return meetings;
  }

  /** What repeats the last run, for a replay token; empty if nothing was learnt before. */
  public String note() {
    byte[] keys = new byte[points.size() * KEY_BYTES + (slow ? 1 : 0)];
    int at = 0;
    for (int key : points) {
      for (int shift = (KEY_BYTES - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
        keys[at++] = (byte) (key >>> shift);
      }
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(keys);
  }
}
