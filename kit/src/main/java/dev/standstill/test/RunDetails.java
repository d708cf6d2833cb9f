package dev.standstill.test;

import java.io.Serial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a failure is told about the run on a {@link TestLoop} it happened in: when, under which
 * schedule, who was blocked, and how to repeat it. It is suppressed in the failure, which so keeps
 * its type and its message. Its own message says all of that. Immutable.
 */
public final class RunDetails extends Throwable {

  @Serial private static final long serialVersionUID = 1L;

  private final transient Instant now;
  private final transient ReplayToken token;
  private final transient List<BlockedTask> blocked;
  private final transient Trace trace;

  /** How to repeat the run; null if nothing does. */
  private final @Nullable String repetition;

  /**
   * Says how it is with a loop now; for what runs tests on loops, which adds it to a failure with
   * {@link Throwable#addSuppressed}.
   *
   * @param message what is printed with the failure
   * @param repetition what repeats the run; null if nothing does
   * @param loop the loop of the test
   * @param blocked who is blocked
   */
  public RunDetails(
      String message, @Nullable String repetition, TestLoop loop, List<BlockedTask> blocked) {
    super(message, null, false, false);
    this.repetition = repetition;
    this.now = loop.now();
    this.token = loop.replayToken();
    this.blocked = List.copyOf(blocked);
    this.trace = loop.trace();
  }

  /**
   * Finds what a failure of a test was told about its run.
   *
   * @param failure what a test threw
   * @return the details; empty if the test did not run on a {@code TestLoop}
   */
  public static Optional<RunDetails> of(Throwable failure) {
    return Stream.of(failure.getSuppressed())
        .filter(RunDetails.class::isInstance)
        .map(RunDetails.class::cast)
        .findFirst();
  }

  /**
   * Returns when the test failed.
   *
   * @return the virtual date
   */
  public Instant now() {
    return now;
  }

  /**
   * Returns what the run of the loop was. Where tests share the loop it repeats none of them alone.
   *
   * @return the token
   */
  public ReplayToken replayToken() {
    return token;
  }

  /**
   * Returns what the parameter {@code standstill.replay} takes to repeat the run: the token and,
   * where the framework has it so, whose it is.
   *
   * @return that text; empty if tests share the loop, so that no token repeats one of them
   */
  public Optional<String> repetition() {
    return Optional.ofNullable(repetition);
  }

  /**
   * Returns what ran on the loop until then.
   *
   * @return the trace, empty if the loop kept none
   */
  public Trace trace() {
    return trace;
  }

  /**
   * Returns who was blocked when the test failed.
   *
   * @return the tasks in the order in which they were started
   */
  public List<BlockedTask> blocked() {
    return blocked;
  }
}
