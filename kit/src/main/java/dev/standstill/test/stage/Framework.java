package dev.standstill.test.stage;

import dev.standstill.EventLoop;
import dev.standstill.test.BlockedTask;
import dev.standstill.test.DeadlockException;
import dev.standstill.test.OutsideWaitException;
import dev.standstill.test.ReplayToken;
import dev.standstill.test.RunDetails;
import dev.standstill.test.TestLoop;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What calls tests, and how it has them tell of themselves. Immutable.
 *
 * @param annotation the simple name of its annotation that repeats a run
 * @param aborts tells what a test throws that does not fail from what one throws that does
 * @param repetition what the parameter takes to repeat a run; empty where no token repeats one
 *     test, because tests share the loop
 */
public record Framework(
    String annotation,
    Predicate<? super Throwable> aborts,
    Function<ReplayToken, Optional<String>> repetition) {

  /** A framework in which a token repeats a run, whose ever it is. */
  public Framework(String annotation, Predicate<? super Throwable> aborts) {
    this(annotation, aborts, token -> Optional.of(token.toString()));
  }

  /**
   * Tells {@code failure} about {@code loop}, with its blocked tasks unless it lists them; once,
   * though handlers may throw it again.
   */
  void tell(Throwable failure, EventLoop loop) {
    if (loop instanceof TestLoop test
        && !aborts.test(failure)
        && RunDetails.of(failure).isEmpty()) {
      String report = listsBlockedTasks(failure) ? "" : report(test);
      failure.addSuppressed(details(test, report, test.blocked()));
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
  void tellBriefly(Throwable failure, EventLoop loop) {
    if (loop instanceof TestLoop test) {
      List<BlockedTask> blocked =
          failure instanceof DeadlockException deadlock ? deadlock.blocked() : List.of();
      failure.addSuppressed(details(test, "", blocked));
    }
  }

  private RunDetails details(TestLoop loop, String more, List<BlockedTask> blocked) {
    Optional<String> repeats = repetition.apply(loop.replayToken());
    String story =
        repeats
            .map(text -> describe(loop, text))
            .orElse("It is %s of virtual time, on a loop that tests share.".formatted(loop.now()));
    return new RunDetails(story + more, repeats.orElse(null), loop, blocked);
  }

  private String describe(TestLoop loop, String repeats) {
    return "It is %s of virtual time; schedule: %s.%nTo repeat the run: @%s(replay = \"%s\"), or -D%s=%s"
        .formatted(
            loop.now(),
            loop.replayToken().schedule(),
            annotation,
            loop.replayToken(),
            ParameterNames.REPLAY,
            repeats);
  }
}
