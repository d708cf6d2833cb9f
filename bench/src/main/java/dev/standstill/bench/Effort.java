package dev.standstill.bench;

import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a run takes, and how far its numbers can be trusted.
 *
 * @param rounds how often everything is measured, each time in fresh JVMs
 * @param iterations of JMH, as many to warm up as to measure
 * @param blockedTasks how many tasks are blocked to see what one takes
 */
record Effort(int rounds, int iterations, TimeValue iteration, int blockedTasks) {

  static final Effort FULL = new Effort(3, 5, TimeValue.milliseconds(200), 1_000_000);
  static final Effort QUICK = new Effort(1, 3, TimeValue.milliseconds(100), 100_000);
}
