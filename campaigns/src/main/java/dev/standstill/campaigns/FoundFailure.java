package dev.standstill.campaigns;

import dev.standstill.explore.FailureGroup;
import dev.standstill.explore.FailureKind;
import dev.standstill.explore.ScheduleFailure;
import dev.standstill.timeline.Timeline;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.Objects;

/**
 * A way to fail that a campaign has found, and the shortest schedule that shows it. Immutable.
 *
 * @param kind in which way
 * @param message what the exception says, in one line
 * @param token what repeats the schedule
 * @param switches how many switches and happenings decide
 * @param round the number of the round that has found it
 * @param schedule the number of the schedule there
 * @param repetition a command or a parameter that repeats it
 * @param stack of the exception
 * @param report says for people why it failed
 * @param trace what ran, as lines of JSON
 */
public record FoundFailure(
    FailureKind kind,
    String message,
    String token,
    long switches,
    long round,
    long schedule,
    String repetition,
    String stack,
    String report,
    String trace) {

  /** The shortest first; then any, but always the same. */
  private static final Comparator<FoundFailure> SHORTEST =
      Comparator.comparingLong(FoundFailure::switches)
          .thenComparingInt(failure -> failure.token.length())
          .thenComparing(FoundFailure::token)
          .thenComparingLong(FoundFailure::round)
          .thenComparingLong(FoundFailure::schedule)
          .thenComparing(FoundFailure::message)
          .thenComparing(FoundFailure::repetition)
          .thenComparing(FoundFailure::stack)
          .thenComparing(FoundFailure::report)
          .thenComparing(FoundFailure::trace);

  /** What is kept of one; a trace that is longer says too little for its size. */
  private static final int LONGEST_TRACE = 2_000_000;

  static FoundFailure of(
      FailureGroup group, ScheduleFailure found, long round, Repetition repetition) {
    Throwable cause = Objects.requireNonNull(found.getCause());
    StringWriter stack = new StringWriter();
    cause.printStackTrace(new PrintWriter(stack, true));
    String trace = Timeline.of(found.trace()).withSources().jsonLines();
    return new FoundFailure(
        group.kind(),
        cause.toString().lines().findFirst().orElse(""),
        found.token().toString(),
        found.switches() + found.happenings(),
        round,
        group.schedule(),
        repetition.of(found.token().toString()),
        stack.toString().replace(System.lineSeparator(), "\n"),
        found.report().replace(System.lineSeparator(), "\n"),
        trace.length() > LONGEST_TRACE ? "" : trace);
  }

  FoundFailure merge(FoundFailure again) {
    return SHORTEST.compare(this, again) <= 0 ? this : again;
  }

  /** Says how a schedule is repeated. */
  @FunctionalInterface
  public interface Repetition {
    /**
     * Returns a command, or a parameter.
     *
     * @param token of the schedule
     * @return what to type
     */
    String of(String token);
  }
}
