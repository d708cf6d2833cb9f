package dev.standstill.metrics;

/**
 * What an event loop in real time is doing, in numbers. Any thread may ask, and no number makes the
 * loop stop or wait. What other threads read while the loop runs may be a moment old; a task of the
 * loop reads what is true.
 *
 * <p>A number that counts, such as {@link #getSliceCount}, only grows, and begins when the loop is
 * first measured: see {@link LoopMetrics}. The two maxima, {@link #getLongestSliceMicros} and
 * {@link #getLagMicros}, are those of the last one to two minutes, whoever asks and how often; so
 * they show what lies between two looks, and several may look.
 */
public interface EventLoopMXBean {

  /**
   * Returns the name of the loop.
   *
   * @return the name, which other loops may have, too
   */
  String getName();

  /**
   * Returns how many tasks live: those that run, can run or are blocked, and those that have been
   * started and not begun yet.
   *
   * @return the number; started by other threads, they count from when the loop has taken them in
   */
  int getTaskCount();

  /**
   * Returns how many of the living tasks can not run, because they wait.
   *
   * @return the number
   */
  int getBlockedTaskCount();

  /**
   * Returns how many tasks the loop has started since it was opened.
   *
   * @return the number, which grows
   */
  long getStartedTaskCount();

  /**
   * Returns how many slices wait for the carrier: tasks that can run and do not, be it that others
   * are before them, or that the loop has still to take in what other threads have handed over.
   *
   * @return the number, 0 for a loop with nothing to do
   */
  int getQueueLength();

  /**
   * Returns how many slices have ended: how often a task has run until it blocked, yielded or
   * ended.
   *
   * @return the number, which grows
   */
  long getSliceCount();

  /**
   * Returns how long tasks have run in all. Divided by the real time that has passed it is how busy
   * the loop is; divided by the {@link #getSliceCount}, how long a slice is on average.
   *
   * @return microseconds, which grow
   */
  long getBusyMicros();

  /**
   * Returns how long the longest slice of the last one to two minutes was. A slice that has not
   * ended counts with what it has taken so far. Meanwhile no other task runs.
   *
   * @return microseconds, 0 if no task has run
   */
  long getLongestSliceMicros();

  /**
   * Returns the lag: how long what another thread hands over has to wait until its turn comes, at
   * most, in the last one to two minutes. It is measured with what is really handed over: from just
   * before that until all slices that were ready before it have ended. One such wait is measured at
   * a time, and the next thing that is handed over begins another; so does whoever asks for this
   * number, with a hand-over that does nothing. A wait that has not ended counts with what it has
   * taken so far, so the lag of a loop that is stuck, or that no thread drives, grows.
   *
   * @return microseconds, 0 if nothing was handed over
   */
  long getLagMicros();

  /**
   * Shows all living tasks as a tree: who started whom, who waits for whom. Unlike the numbers it
   * is made by looking at every task, in portions of about a millisecond, so it is an operation and
   * nothing that is read regularly.
   *
   * @return the lines of {@link dev.standstill.EventLoop#taskTree}
   */
  String taskTree();
}
