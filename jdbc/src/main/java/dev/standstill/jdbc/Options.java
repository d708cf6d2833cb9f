package dev.standstill.jdbc;

import java.time.Duration;

/**
 * How a {@link RollbackDataSource} differs from the others of its scope. Immutable.
 *
 * @param refusesOutside whether it refuses connections outside of scopes
 * @param beneathPool whether a pool keeps its connections longer than a scope
 * @param nestsUnits whether a second unit of work of a thread is nested in its first
 * @param deadlockLimit how long the thread of a unit of work must stand still until who waits for
 *     it is refused
 */
record Options(
    boolean refusesOutside, boolean beneathPool, boolean nestsUnits, Duration deadlockLimit) {

  static final Options DEFAULT = new Options(false, false, false, Duration.ofSeconds(10));

  Options refusingOutside() {
    return new Options(true, beneathPool, nestsUnits, deadlockLimit);
  }

  Options belowPool() {
    return new Options(refusesOutside, true, nestsUnits, deadlockLimit);
  }

  Options nesting() {
    return new Options(refusesOutside, beneathPool, true, deadlockLimit);
  }

  Options limited(Duration limit) {
    return new Options(refusesOutside, beneathPool, nestsUnits, limit);
  }
}
