package dev.standstill.explore;

import dev.standstill.explore.report.Counted;
import dev.standstill.test.ReplayToken;
import dev.standstill.test.Trace;
import java.util.List;

/**
 * A program failed under one of the schedules that were explored. Its cause is what the program
 * threw, or the deadlock, live-lock or leak that was found; its message has the {@link #report}.
 */
public final class ScheduleFailure extends AssertionError {

  private static final long serialVersionUID = 1;

  private final transient ReplayToken token;
  private final transient List<String> steps;
  private final transient Trace trace;

  /** What is printed. */
  private final String report;

  /** How many switches decide. */
  private final int switches;

  /** How many things that need not happen decide. */
  private final int happenings;

  /** The number of the schedule, from 1. */
  private final long schedule;

  ScheduleFailure(
      Throwable cause,
      String report,
      ReplayToken token,
      List<String> steps,
      long schedule,
      Trace trace) {
    super("%s%n%n%s%nTo repeat it: replay(\"%s\")".formatted(cause, report, token), cause);
    this.report = report;
    Counted counted = Counted.of(trace);
    this.switches = counted.switches();
    this.happenings = counted.happenings();
    this.token = token;
    this.steps = List.copyOf(steps);
    this.schedule = schedule;
    this.trace = trace;
    setStackTrace(cause.getStackTrace());
  }

  /**
   * Returns what repeats the failing run, also in another JVM, as long as the program is the same.
   *
   * @return the token for {@link Exploration#replay}
   */
  public ReplayToken token() {
    return token;
  }

  /**
   * Returns what the tasks did that others could race with, in the order in which they did it.
   *
   * @return a line for each step, such as {@code "Thread-0 reads Counter.count (Counter.add:7)"}
   */
  public List<String> steps() {
    return steps;
  }

  /**
   * Returns what ran, slice by slice, with the switches that decide and, if it was found, the
   * nearest run that passes. The {@link #report} tells what is in it.
   *
   * @return the trace of the failing run, as small as it was made
   */
  public Trace trace() {
    return trace;
  }

  /**
   * Says for people why the run failed: which switches and happenings decide, what the tasks did to
   * the things that more than one of them uses, and how the schedule was found. It fits a screen.
   *
   * @return several lines, without an end of line after the last
   */
  public String report() {
    return report;
  }

  /**
   * Returns at how many moments another task went on than the one that ran, or if that had to wait,
   * than the one that could run for the longest.
   *
   * @return the number of switches that decide; 0 if the program fails without any
   */
  public int switches() {
    return switches;
  }

  /**
   * Returns how much has happened that need not happen: what a network has done of its own accord,
   * such as losing a packet, and waits that have ended without a cause.
   *
   * @return the number of happenings that decide; 0 if the program fails without any
   */
  public int happenings() {
    return happenings;
  }

  /**
   * Returns how many schedules it took.
   *
   * @return the number of the failing schedule, from 1; 0 if an earlier exploration has kept it
   */
  public long schedule() {
    return schedule;
  }
}
