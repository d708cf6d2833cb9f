package dev.standstill.test;

import dev.standstill.core.RanUnseen;
import dev.standstill.core.SuspendedCoroutine;
import dev.standstill.core.SwallowedFailure;
import dev.standstill.core.TaskRecord;
import java.util.List;

/**
 * What a report is about: the tasks of a loop as they stand.
 *
 * @param blocked those that cannot go on
 * @param ready those that can run and shall be shown
 * @param swallowed what failed where nobody has looked
 * @param unseen threads that a task had woken and that may have run while time moved
 * @param coroutines those that wait
 */
record Findings(
    List<BlockedTask> blocked,
    List<TaskRecord> ready,
    List<SwallowedFailure> swallowed,
    List<RanUnseen> unseen,
    List<SuspendedCoroutine> coroutines) {

  /** Only of tasks that are blocked. */
  static Findings of(List<BlockedTask> blocked) {
    return new Findings(blocked, List.of(), List.of(), List.of(), List.of());
  }
}
