package dev.standstill.explore;

import dev.standstill.explore.program.FailedInitializerException;
import dev.standstill.explore.program.StaticState;
import dev.standstill.explore.race.RaceWatch;
import dev.standstill.explore.search.EndlessRunException;
import dev.standstill.explore.search.Explorer;
import dev.standstill.test.ExitException;
import dev.standstill.test.ReplayToken;
import dev.standstill.test.TestLoop;
import dev.standstill.test.Trace;
import dev.standstill.test.spi.StrategyLoops;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Runs a program once, on a loop of its own. For one thread. */
final class ProgramRun {

  private final Exploration.Body body;
  private final boolean untilExit;
  private final @Nullable Duration until;
  private final boolean failsOnRaces;
  private final boolean spuriousWakeUps;
  private final StaticState statics;

  /** How many classes other programs have initialised: no business of this one, as it seems. */
  private final int earlierClasses;

  /**
   * @param untilExit whether it ends as a JVM does, and not with its body
   * @param until how far its virtual time goes then; null if only the program ends it
   * @param failsOnRaces whether a data race is a failure, too
   * @param spuriousWakeUps whether waits may end without a cause
   * @param statics where the classes count that the program initialises
   */
  ProgramRun(
      Exploration.Body body,
      boolean untilExit,
      @Nullable Duration until,
      boolean failsOnRaces,
      boolean spuriousWakeUps,
      StaticState statics) {
    this.body = body;
    this.untilExit = untilExit;
    this.until = until;
    this.failsOnRaces = failsOnRaces;
    this.spuriousWakeUps = spuriousWakeUps;
    this.statics = statics;
    this.earlierClasses = statics.size();
  }

  /**
   * How a run ended.
   *
   * @param failure what it failed with, or null
   * @param token what repeats it; null if it did neither fail nor initialise classes, and is not
   *     traced
   * @param initialised whether it has initialised classes that start afresh in later runs
   * @param fits whether it was not to repeat another run, or has gone as that
   * @param trace what there is to see of it; null if it is not traced
   */
  record Ending(
      @Nullable Throwable failure,
      @Nullable ReplayToken token,
      boolean initialised,
      boolean fits,
      @Nullable Trace trace) {

    /** The same of a run that has failed; null if it has not. */
    @Nullable Failed failed() {
      return failure == null
          ? null
          : new Failed(failure, Objects.requireNonNull(token, "a token of a failed run"));
    }
  }

  /**
   * How a run has failed.
   *
   * @param token what repeats it
   */
  record Failed(Throwable failure, ReplayToken token) {}

  /**
   * Runs it to its end, or to its failure, of which not all is told: see {@link #trace}.
   *
   * @throws FailedInitializerException if static fields cannot start afresh
   */
  Ending run(TestLoop.Builder settings, Explorer explorer) {
    return run(StrategyLoops.openOneOfMany(settings, explorer), explorer, false);
  }

  /** Runs it with all that reports show. */
  Ending trace(TestLoop.Builder settings, Explorer explorer) {
    return run(StrategyLoops.open(settings.traceWithStacks(), explorer), explorer, true);
  }

  /** What repeats a run. */
  static Explorer following(ReplayToken token, RaceWatch watch) {
    return Explorer.following(StrategyLoops.follow(token.schedule()), watch.again(token.note()));
  }

  private Ending run(TestLoop loop, Explorer explorer, boolean isTraced) {
    FirstFailure failure = new FirstFailure();
    int before = statics.size();
    explorer.spuriousWakeUps(spuriousWakeUps).countsBy(loop::slices).statics(statics);
    try {
      loop.setUncaughtExceptionHandler((thread, exception) -> {
        if (!explorer.isOver()) { // else it was interrupted, because the loop closes
          failure.add(exception);
        }
      });
      loop.run(() -> {
        statics.startAfresh(earlierClasses, explorer::unseen);
        body.run(loop);
      });
      if (untilExit && failure.first() == null) {
        runToExit(loop);
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
    boolean initialised = statics.size() > before;
    boolean isRepeated = failure.first() != null || initialised || isTraced;
    ReplayToken token = isRepeated ? token(loop, explorer) : null;
    Trace trace = isTraced ? loop.trace() : null;
    try {
      loop.close();
    } catch (RuntimeException e) {
      failure.add(e);
    }
    if (failure.first() instanceof FailedInitializerException e) {
      throw e;
    }
    if (failure.first() != null && token == null) {
      token = token(loop, explorer);
    }
    return new Ending(failure.first(), token, initialised, !StrategyLoops.hasDiverged(loop), trace);
  }

  private void runToExit(TestLoop loop) {
    if (until == null) {
      loop.runToExit();
    } else {
      boolean unused = loop.runToExit(until);
    }
  }

  private static ReplayToken token(TestLoop loop, Explorer explorer) {
    return loop.replayToken().withNote(explorer.races().note());
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
