package dev.standstill.test;

import dev.standstill.core.Chance;
import dev.standstill.core.ReadyTasks;
import dev.standstill.core.Strategy;
import dev.standstill.core.TaskRecord;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Draws each choice from a seed, all ready tasks being equally likely, but for one that has just
 * been made to wait: then another one runs. How often a running task is made to wait at a hand-over
 * is drawn, too, once for each run: some bugs need it often, others hardly ever. For the driver and
 * the running task.
 */
final class SeededStrategy implements Strategy {

  /** In how many hand-overs there is one: the more often, the more of them fall together. */
  private static final int[] ONE_IN = {2, 2, 3, 4, 8, 16, 32};

  private final SplittableRandom random;
  private final int oneIn;

  /** Who has been made to wait, until the next choice. */
  private @Nullable TaskRecord preempted;

  SeededStrategy(long seed) {
    random = new SplittableRandom(seed);
    oneIn = ONE_IN[random.nextInt(ONE_IN.length)];
  }

  @Override
  public int choose(ReadyTasks ready) {
    int without = preempted == null ? -1 : position(preempted, ready);
    preempted = null;
    if (without < 0) {
      return random.nextInt(ready.size());
    }
    int drawn = random.nextInt(ready.size() - 1);
    return drawn < without ? drawn : drawn + 1;
  }

  /** Searched from behind, where it is but for tasks that became ready at the same moment. */
  private static int position(TaskRecord task, ReadyTasks ready) {
    int position = ready.size() - 1;
    while (position >= 0 && ready.task(position) != task) {
      position--;
    }
    return position;
  }

  @Override
  public boolean preempts(int handOver, TaskRecord running, ReadyTasks ready) {
    boolean preempts = random.nextInt(oneIn) == 0;
    preempted = preempts ? running : null;
    return preempts;
  }

  @Override
  public int draw(int decision, Chance chance) {
    return chance.draw(random);
  }
}
