package dev.standstill.test;

import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a loop ran, slice by slice. Immutable.
 *
 * @param slices in the order in which they ran
 */
public record Trace(List<Slice> slices) {

  /**
   * One slice of one task.
   *
   * @param number from 1
   * @param time virtual time since the loop's start
   * @param task the task's number in its loop
   * @param name the task's name
   * @param choice its position among the ready tasks, from 0
   * @param ready how many tasks were ready
   * @param ended whether the task ended with this slice
   * @param stack where the task stopped, innermost frame first; empty unless asked for
   */
  public record Slice(
      long number,
      Duration time,
      int task,
      String name,
      int choice,
      int ready,
      boolean ended,
      List<StackTraceElement> stack) {

    /** Writes the slice as one line. */
    @Override
    public String toString() {
      return "%d +%s #%d %s (%d of %d)%s"
          .formatted(number, time, task, name, choice, ready, ended ? " ended" : "");
    }
  }

  /** Writes a line for each slice. */
  @Override
  public String toString() {
    return slices.stream().map(Slice::toString).collect(Collectors.joining("\n"));
  }
}
