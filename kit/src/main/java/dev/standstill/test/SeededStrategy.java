package dev.standstill.test;

import dev.standstill.core.ReadyTasks;
import dev.standstill.core.Strategy;
import dev.standstill.core.TaskRecord;
import java.util.SplittableRandom;

/**
 * Draws each choice from a seed, all ready tasks being equally likely. How often a running task is
 * made to wait at a hand-over is drawn, too, once for each run: some bugs need it often, others
 * hardly ever. For the driver and the running task.
 */
final class SeededStrategy implements Strategy {

  /** The rarest are one in so many, as a power of two. */
  private static final int RAREST = 5;

  private final SplittableRandom random;
  private final int oneIn;

  SeededStrategy(long seed) {
    random = new SplittableRandom(seed);
    oneIn = 1 << random.nextInt(1, RAREST + 1);
  }

  @Override
  public int choose(ReadyTasks ready) {
    return random.nextInt(ready.size());
  }

  @Override
  public boolean preempts(int handOver, TaskRecord running, ReadyTasks ready) {
    return random.nextInt(oneIn) == 0;
  }
}
