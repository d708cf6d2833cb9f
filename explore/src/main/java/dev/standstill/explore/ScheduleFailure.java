package dev.standstill.explore;

import dev.standstill.test.ReplayToken;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program failed under one of the schedules that were explored. Its cause is what the program
 * threw, or the deadlock, live-lock or leak that was found.
 */
public final class ScheduleFailure extends AssertionError {

  private static final long serialVersionUID = 1;

  private final transient ReplayToken token;
  private final transient List<String> steps;
  private final long schedule;

  ScheduleFailure(
      String message, Throwable cause, ReplayToken token, List<String> steps, long schedule) {
    super(message, cause);
    this.token = token;
    this.steps = List.copyOf(steps);
    this.schedule = schedule;
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
   * Says what the tasks did, for people: the {@link #steps} below a heading.
   *
   * @param most how many steps are shown at the most; of others it says how many there are
   * @return several lines, without an end of line after the last
   */
  public String story(int most) {
    Stream<String> shown = steps.stream().limit(most).map(step -> "  " + step);
    Stream<String> rest =
        steps.size() > most
            ? Stream.of("  ... and %,d steps more".formatted(steps.size() - most))
            : Stream.empty();
    return Stream.of(Stream.of("What the threads did, in this order:"), shown, rest)
        .flatMap(lines -> lines)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /**
   * Returns how many schedules it took.
   *
   * @return the number of the failing schedule, from 1
   */
  public long schedule() {
    return schedule;
  }
}
