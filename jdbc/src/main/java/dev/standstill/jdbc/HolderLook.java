package dev.standstill.jdbc;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How the thread of a unit of work stood still at one moment. Two that are equal say that it has
 * not moved in between, as far as can be seen. Immutable.
 *
 * @param owner the thread
 * @param calls how many calls into the driver there had been
 * @param blocker what it has parked on
 * @param stack where, innermost frame first; empty if it has ended
 */
record HolderLook(
    Thread owner, long calls, @Nullable Object blocker, List<StackTraceElement> stack) {

  /**
   * Looks at {@code owner}; null if it can go on by itself.
   *
   * @param virtualTime whether a timed wait of it ends only when somebody drives its loop
   */
  static @Nullable HolderLook at(Thread owner, long calls, boolean virtualTime) {
    boolean stands =
        switch (owner.getState()) {
          case BLOCKED, WAITING, TERMINATED -> true;
          case TIMED_WAITING -> virtualTime;
          case NEW, RUNNABLE -> false;
        };
    return stands
        ? new HolderLook(
            owner, calls, LockSupport.getBlocker(owner), List.of(owner.getStackTrace()))
        : null;
  }
}
