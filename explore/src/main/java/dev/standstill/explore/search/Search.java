package dev.standstill.explore.search;

import dev.standstill.core.Chance;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Searches the schedules of a program, one run after the other. It may learn from the runs before.
 * For one thread.
 */
public abstract class Search {

  /** Where this run's chance comes from. */
  SplittableRandom random = new SplittableRandom(0);

  /** A run begins. */
  void begin(long seed) {
    random = new SplittableRandom(seed);
  }

  /** The run has ended. */
  void end() {}

  /** Chooses who runs next; there are two candidates at least. */
  abstract int pick(Candidates candidates);

  /**
   * Chooses who runs while a task lets others run.
   *
   * @param candidates the task, and then the others, of which the first is ready the longest
   * @return which of the others, from 0
   */
  int pickAfterYield(Candidates candidates) {
    return random.nextInt(candidates.size() - 1);
  }

  /**
   * Decides in which way something happens outside.
   *
   * @param running the task that it happens to; null if none runs
   * @return from 1; 0 if it does not
   */
  int draw(Chance chance, @Nullable ExploredTask running) {
    return chance.draw(random);
  }

  /** A task is ready for the first time. */
  void born(ExploredTask task) {}

  /**
   * A task is about to make its access, which is known.
   *
   * @param others finds those that can run, and perhaps the task itself
   */
  void executes(ExploredTask task, Supplier<Candidates> others) {}

  /** The task that was chosen lets others run of its own will, or runs on and on: others first. */
  void yields(ExploredTask task) {}

  /** After so many points without a switch a task lets others run: it may wait for them. */
  int patience() {
    return 1_000;
  }

  /**
   * Makes a search that chooses as this one does from now on, for another thread; null as long as a
   * run depends on those before.
   */
  public @Nullable Search fork() {
    return null;
  }

  /** Sets the number of the next run, from 0, where not all are searched by this. */
  public void skipTo(long run) {}

  /** What has been shown of all schedules, as a part of a sentence; empty if nothing. */
  public String proved() {
    return "";
  }

  @Override
  public String toString() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /** Whether there is nothing left to search. */
  public boolean isExhausted() {
    return false;
  }
}
