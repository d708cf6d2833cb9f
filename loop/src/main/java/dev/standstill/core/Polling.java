package dev.standstill.core;

/**
 * Tells when all that runs only polls, and how far time moves then. Loop-confined.
 *
 * <p>A task <em>polls</em> in a slice that ends with a yield, a spin or a wait for next to nothing.
 * On a JVM time passes meanwhile; on a loop it would stand still for ever, as such a task is always
 * about to run. So when every task that runs has polled {@link #PATIENCE} times in a row, time
 * moves after each round, by a small share of the time for which they have polled already. A
 * deadline of any length is met soon, and hardly too late; a program that yields now and then while
 * it computes sees no time pass, or next to none. All is a function of the slices alone, so that a
 * run can be repeated.
 */
final class Polling {

  /** How long a wait is at the most that is as good as none: 0.1 ms. */
  static final long BRIEF_NANOS = 100_000;

  /** How often a task may ask for the time in one slice before it lets others run. */
  static final int READS = 1_000;

  /** How many polls such a slice counts as: it takes that much longer. */
  private static final int READS_WEIGHT = 100;

  /** How often each task has to poll in a row before time moves for it. */
  static final int PATIENCE = 10_000;

  /** How many polls there are at least between two moves of time. */
  private static final int ROUND = 32;

  private static final long LEAST_STEP_NANOS = 10;
  private static final int SHARE = 512;

  private int polls;
  private int slices;
  private int leastOfTask = Integer.MAX_VALUE;
  private long latestSince;
  private boolean isAll;

  /**
   * A slice of {@code task} has ended with a poll.
   *
   * @param reads whether it was made to, because it only asked for the time
   * @param now the time, in nanoseconds of the clock
   * @param ready how many tasks are ready
   */
  void polled(TaskRecord task, boolean reads, long now, int ready) {
    int weight = reads ? READS_WEIGHT : 1;
    if (task.polls == 0) {
      task.pollingSince = now;
    }
    task.polls = Math.min(task.polls + weight, PATIENCE);
    polls += weight;
    slices++;
    leastOfTask = Math.min(leastOfTask, task.polls);
    latestSince = Math.max(latestSince, task.pollingSince);
    if (polls >= ROUND && slices >= 2 * ready) {
      endRound();
    }
  }

  private void endRound() {
    boolean all = leastOfTask >= PATIENCE;
    if (!all) {
      startRound();
    }
    isAll = all;
  }

  /** A slice of {@code task} has ended otherwise, or has let another task go on. */
  void gotOn(TaskRecord task) {
    task.polls = 0;
    startRound();
  }

  /** Begins to look anew at what runs. */
  void startRound() {
    if (slices > 0) {
      polls = 0;
      slices = 0;
      leastOfTask = Integer.MAX_VALUE;
      latestSince = 0;
      isAll = false;
    }
  }

  /** Whether nothing has happened for long but polls. */
  boolean isAll() {
    return isAll;
  }

  /** How far time moves then, in nanoseconds, above 0. */
  long step(long now) {
    double step = (double) Math.max(LEAST_STEP_NANOS, (now - latestSince) / SHARE) * polls / ROUND;
    return (long) step; // the last moment there is, where that is too far
  }
}
