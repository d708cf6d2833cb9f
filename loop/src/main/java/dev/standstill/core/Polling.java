package dev.standstill.core;

import dev.standstill.jdk.VirtualThreads;

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

  /** The same where a run has to be short, because there are thousands of it. */
  private static final int LITTLE_PATIENCE = 300;

  /** How many polls there are at least between two moves of time. */
  private static final int ROUND = 32;

  private static final long LEAST_STEP_NANOS = 10;
  private static final int SHARE = 512;
  private static final int LARGE_SHARE = 16;

  private final VirtualClock clock;
  private final int patience;
  private final int share;

  /**
   * How often the running task has asked for the time, and whether its wait is too short to count.
   */
  private int reads;

  private boolean waitsBriefly;
  private boolean wakesOther;
  private boolean hasWoken;
  private boolean preempted;

  private int polls;
  private int slices;
  private int leastOfTask = Integer.MAX_VALUE;
  private long latestSince;
  private boolean isAll;

  /**
   * @param isShort whether time moves sooner and by larger steps
   */
  Polling(VirtualClock clock, boolean isShort) {
    this.clock = clock;
    this.patience = isShort ? LITTLE_PATIENCE : PATIENCE;
    this.share = isShort ? LARGE_SHARE : SHARE;
  }

  /** Whether a task has done nothing for long but poll. */
  boolean isPolling(TaskRecord task) {
    return task.polls == patience;
  }

  /** A task begins to run. */
  void sliceBegins() {
    reads = 0;
    waitsBriefly = false;
    wakesOther = false;
    hasWoken = false;
    preempted = false;
  }

  /** The running task is about to let others run, but not of its own will. */
  void isPreempted() {
    preempted = true;
  }

  /** The running task has made another one ready: then it does more than poll. */
  void wakesOther() {
    wakesOther = true;
    hasWoken = true;
  }

  /** Whether it has done so since the last call. */
  boolean takeWoken() {
    boolean taken = hasWoken;
    hasWoken = false;
    return taken;
  }

  /** The running task has begun a wait that is too short to count. */
  void waitsBriefly() {
    waitsBriefly = true;
  }

  /** The running task asks for the time; returns whether it shall let others run before. */
  boolean readsTooOften() {
    return ++reads > READS;
  }

  /** Whether the slice goes on in which a task has asked for the time too often. */
  boolean isSameSlice() {
    return reads > READS;
  }

  /** A slice has ended. */
  void sliceEnded(TaskRecord task, int state, int ready) {
    if (preempted && state == VirtualThreads.YIELDED) {
      return;
    }
    boolean polled =
        state == VirtualThreads.YIELDED || waitsBriefly && state == VirtualThreads.TIMED_PARKED;
    if (polled && !wakesOther) {
      polled(task, ready);
    } else {
      task.polls = 0;
      startRound();
    }
  }

  /**
   * A task asks for the time too often, but cannot let others run: a slice of it counts as ended,
   * and time moves where it would.
   */
  void pollsPinned(TaskRecord task) {
    polled(task, 0);
    reads = 0;
    if (isAll) {
      clock.moveTo(nextMoment());
      startRound();
    }
  }

  private void polled(TaskRecord task, int ready) {
    int weight = reads > READS ? READS_WEIGHT : 1;
    if (task.polls == 0) {
      task.pollingSince = clock.nanos();
    }
    task.polls = Math.min(task.polls + weight, patience);
    polls += weight;
    slices++;
    leastOfTask = Math.min(leastOfTask, task.polls);
    latestSince = Math.max(latestSince, task.pollingSince);
    if (polls >= ROUND && slices >= 2 * ready) {
      endRound();
    }
  }

  private void endRound() {
    boolean all = leastOfTask >= patience;
    if (!all) {
      startRound();
    }
    isAll = all;
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

  /** To which moment time moves then, if there is no timer before. */
  long nextMoment() {
    long now = clock.nanos();
    double step = (double) Math.max(LEAST_STEP_NANOS, (now - latestSince) / share) * polls / ROUND;
    return Timers.later(now, (long) step);
  }
}
