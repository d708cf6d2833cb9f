package dev.standstill.explore.search;

/**
 * A random walk that mostly goes on with the task that runs: how rarely it looks elsewhere is drawn
 * for each run, from always to once in 64 points. Bugs that need few switches are far more likely
 * then; compare "swarm testing" (A. Groce and others, ISSTA 2012), which varies the features of a
 * test, run by run.
 */
final class Sticky extends Search {

  private static final int RAREST = 6;

  private int oneIn = 1;

  @Override
  void begin(long seed) {
    super.begin(seed);
    oneIn = 1 << random.nextInt(RAREST + 1);
  }

  @Override
  int pick(Candidates candidates) {
    return candidates.goesOn() && random.nextInt(oneIn) != 0
        ? 0
        : random.nextInt(candidates.size());
  }

  @Override
  public Search fork() {
    return new Sticky();
  }
}
