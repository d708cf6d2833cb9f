package dev.standstill.bench;

import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a run takes, and how far its numbers can be trusted.
 *
 * @param rounds how often everything is measured, each time in fresh JVMs
 * @param warmUp how long each JVM runs before it is measured; opening a loop and closing it runs so
 *     many methods that after a third of a second most of them are not compiled yet
 * @param iterations of JMH
 * @param blockedTasks how many tasks are blocked to see what one takes
 */
record Effort(int rounds, TimeValue warmUp, int iterations, TimeValue iteration, int blockedTasks) {

  static final Effort FULL =
      new Effort(3, TimeValue.seconds(2), 5, TimeValue.milliseconds(200), 1_000_000);
  static final Effort QUICK =
      new Effort(1, TimeValue.seconds(1), 3, TimeValue.milliseconds(100), 100_000);
}
