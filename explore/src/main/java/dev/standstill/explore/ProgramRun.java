package dev.standstill.explore;

import dev.standstill.explore.program.FailedInitializerException;
import dev.standstill.explore.program.StaticState;
import dev.standstill.explore.search.EndlessRunException;
import dev.standstill.explore.search.Explorer;
import dev.standstill.test.ExitException;
import dev.standstill.test.ReplayToken;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.StrategyLoops;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a program once, on a loop of its own. For one thread. */
final class ProgramRun {

  private final Exploration.Body body;
  private final boolean untilExit;
  private final boolean failsOnRaces;

  ProgramRun(Exploration.Body body, boolean untilExit, boolean failsOnRaces) {
    this.body = body;
    this.untilExit = untilExit;
    this.failsOnRaces = failsOnRaces;
  }

  /**
   * How a run ended.
   *
   * @param failure what it failed with, or null
   * @param token what repeats it; null if it did not fail
   */
  record Ending(@Nullable Throwable failure, @Nullable ReplayToken token) {

    ReplayToken tokenOfFailure() {
      return Objects.requireNonNull(token, "a token of a failed run");
    }
  }

  /**
   * Runs it to its end, or to its failure, of which not all is told: see {@link #repeat}.
   *
   * @throws FailedInitializerException if static fields cannot start afresh
   */
  Ending run(TestLoop.Builder settings, Explorer explorer) {
    return run(StrategyLoops.openOneOfMany(settings, explorer), explorer);
  }

  /** Runs it once more, with all that reports show. */
  Ending repeat(TestLoop.Builder settings, Explorer explorer) {
    return run(StrategyLoops.open(settings, explorer), explorer);
  }

  private Ending run(TestLoop loop, Explorer explorer) {
    FirstFailure failure = new FirstFailure();
    try {
      loop.setUncaughtExceptionHandler((thread, exception) -> {
        if (!explorer.isOver()) { // else it was interrupted, because the loop closes
          failure.add(exception);
        }
      });
      loop.run(() -> {
        StaticState.startAfresh();
        body.run(loop);
      });
      if (untilExit && failure.first() == null) {
        loop.runToExit();
      }
    } catch (EndlessRunException e) {
      // The result tells how many runs were not searched to their end.
    } catch (ExitException e) {
      if (e.status() != 0) {
        failure.add(e);
      }
    } catch (Exception | Error e) {
      failure.add(e);
    }
    if (failsOnRaces && !explorer.races().meetings().isEmpty()) {
      failure.add(new DataRaceException(DataRace.of(explorer.races().meetings().getFirst())));
    }
    explorer.ends();
    ReplayToken token = failure.first() == null ? null : loop.replayToken();
    try {
      loop.close();
    } catch (RuntimeException e) {
      failure.add(e);
    }
    if (failure.first() instanceof FailedInitializerException e) {
      throw e;
    }
    if (failure.first() != null && token == null) {
      token = loop.replayToken();
    }
    return new Ending(failure.first(), token);
  }

  /** Each task may fail, and only the first to do so is of interest; one at a time adds. */
  private static final class FirstFailure {

    private @Nullable Throwable first;

    void add(Throwable failure) {
      if (first == null) {
        first = failure;
      }
    }

    @Nullable Throwable first() {
      return first;
    }
  }
}
