package dev.standstill.junit;

import dev.standstill.EventLoop;
import dev.standstill.test.BlockedTask;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.OutsideWaitException;
import dev.standstill.test.ReplayToken;
import dev.standstill.test.TestLoop;
import java.io.Serial;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

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
  private final String repetition;

  private RunDetails(String more, TestLoop loop, LoopUsers users, List<BlockedTask> blocked) {
    super(describe(loop, users) + more, null, false, false);
    this.repetition = Repetition.write(loop.replayToken(), users.test());
    this.now = loop.now();
    this.token = loop.replayToken();
    this.blocked = blocked;
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
   * Returns what repeats the run.
   *
   * @return the token
   */
  public ReplayToken replayToken() {
    return token;
  }

  /**
   * Returns who was blocked when the test failed.
   *
   * @return the tasks in the order in which they were started
   */
  public List<BlockedTask> blocked() {
    return blocked;
  }

  /** The token, and whose it is: what the configuration parameter takes. */
  String repetition() {
    return repetition;
  }

  /**
   * Tells {@code failure} about {@code loop}, with its blocked tasks unless it lists them; once,
   * though handlers may throw it again.
   *
   * @param users whose loop it is
   */
  static void addTo(Throwable failure, EventLoop loop, LoopUsers users) {
    if (loop instanceof TestLoop virtual
        && !(failure instanceof TestAbortedException)
        && of(failure).isEmpty()) {
      String report = listsBlockedTasks(failure) ? "" : report(virtual);
      failure.addSuppressed(new RunDetails(report, virtual, users, virtual.blocked()));
    }
  }

  /** What the loop reports, if that is more than the sentence which says that there is nothing. */
  private static String report(TestLoop loop) {
    String report = loop.report();
    return report.lines().count() > 1 ? System.lineSeparator() + report : "";
  }

  private static boolean listsBlockedTasks(Throwable failure) {
    return failure instanceof DeadlockException || failure instanceof OutsideWaitException;
  }

  /** Tells a failure that lists the blocked tasks itself about {@code loop}. */
  static void addBriefly(Throwable failure, EventLoop loop, LoopUsers users) {
    if (loop instanceof TestLoop virtual) {
      List<BlockedTask> blocked =
          failure instanceof DeadlockException deadlock ? deadlock.blocked() : List.of();
      failure.addSuppressed(new RunDetails("", virtual, users, blocked));
    }
  }

  private static String describe(TestLoop loop, LoopUsers users) {
    if (users.areMany()) {
      return "It is %s of virtual time, on a loop that tests share.".formatted(loop.now());
    }
    return "It is %s of virtual time; schedule: %s.%nTo repeat the run: @LoopTest(replay = \"%s\"), or -D%s=%s"
        .formatted(
            loop.now(),
            loop.replayToken().schedule(),
            loop.replayToken(),
            Settings.REPLAY,
            Repetition.write(loop.replayToken(), users.test()));
  }
}
