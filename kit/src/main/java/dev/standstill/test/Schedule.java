package dev.standstill.test;

import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Which ready task runs next, as a value: a list of choices, and a seed that decides all further
 * ones. Without a seed they are first in, first out. Immutable.
 *
 * <p>A choice is made whenever more than one task is ready. It is a position among the ready tasks,
 * 0 for the one that is ready the longest; the head of the queue takes the place of the chosen one.
 */
public final class Schedule {

  private static final int[] NONE = new int[0];
  private static final Schedule FIFO = new Schedule(null, NONE, NONE);

  private final @Nullable Long seed;
  private final int[] choices;

  /** The numbers of the hand-overs at which the running task waits. */
  private final int[] preemptions;

  private Schedule(@Nullable Long seed, int[] choices, int[] preemptions) {
    this.seed = seed;
    this.choices = choices;
    this.preemptions = preemptions;
  }

  /**
   * Returns the schedule that always runs the task that is ready the longest.
   *
   * @return first in, first out
   */
  public static Schedule fifo() {
    return FIFO;
  }

  /**
   * Returns a schedule whose every choice is drawn from {@code seed}, all ready tasks being equally
   * likely. A running task may also be made to wait at a hand-over: after it has started or
   * unparked another, before it takes a lock of {@code java.util.concurrent}, and after it has let
   * one go.
   *
   * @param seed any number
   * @return the schedule
   */
  public static Schedule seeded(long seed) {
    return new Schedule(seed, NONE, NONE);
  }

  /**
   * Returns a schedule that makes these choices first, and then goes on as this one without
   * choices.
   *
   * @param choices positions among the ready tasks, each 0 or more
   * @return the schedule
   * @throws IllegalArgumentException if a choice is negative
   */
  public Schedule startingWith(int... choices) {
    for (int choice : choices) {
      if (choice < 0) {
        throw new IllegalArgumentException(
            "A choice is a position among the ready tasks, 0 or more, not %d.".formatted(choice));
      }
    }
    return new Schedule(seed, choices.clone(), NONE);
  }

  /** The same, with a running task made to wait at these hand-overs, in ascending order. */
  Schedule preempting(int[] handOvers) {
    return new Schedule(seed, choices, handOvers.clone());
  }

  /**
   * The same without the last choices if these are first in, first out anyway. A long run that goes
   * round and round makes many of them.
   */
  Schedule shortened() {
    if (seed != null) {
      return this;
    }
    int needed = choices.length;
    while (needed > 0 && choices[needed - 1] == 0) {
      needed--;
    }
    int least = preemptions.length == 0 ? 0 : 1; // without any, those would not be asked for
    return new Schedule(null, Arrays.copyOf(choices, Math.max(needed, least)), preemptions);
  }

  int[] preemptions() {
    return preemptions.clone();
  }

  /**
   * Returns the seed.
   *
   * @return the seed, or empty if further choices are first in, first out
   */
  public OptionalLong seed() {
    return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
  }

  /**
   * Returns the choices that are fixed. At which hand-overs a running task waits is part of the
   * schedule, too, but not of these.
   *
   * @return a copy
   */
  public int[] choices() {
    return choices.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Schedule that
        && seed().equals(that.seed())
        && Arrays.equals(choices, that.choices)
        && Arrays.equals(preemptions, that.preemptions);
  }

  @Override
  public int hashCode() {
    return (seed().hashCode() * 31 + Arrays.hashCode(choices)) * 31 + Arrays.hashCode(preemptions);
  }

  /** Describes the schedule, for messages. */
  @Override
  public String toString() {
    String further = seed == null ? "first in, first out" : "seed " + seed;
    return choices.length == 0 ? further : choices.length + " choices, then " + further;
  }
}
