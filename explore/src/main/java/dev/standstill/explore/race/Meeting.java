package dev.standstill.explore.race;

import java.util.List;

/**
 * A race that was seen: two tasks stood before accesses that conflict, at one moment. Immutable.
 *
 * @param subject what they access, for people
 * @param running the one that goes on first
 * @param waiting the one that was preempted right before its access
 */
public record Meeting(String subject, Part running, Part waiting) {

  /**
   * One of the two.
   *
   * @param task its name
   * @param place the number of the place of its access
   * @param writes whether it writes
   * @param stack where it is, innermost frame first, without those of the hooks
   */
  public record Part(String task, int place, boolean writes, List<StackTraceElement> stack) {}
}
