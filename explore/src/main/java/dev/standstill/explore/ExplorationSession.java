package dev.standstill.explore;

import dev.standstill.explore.program.InstrumentedProgram;
import dev.standstill.explore.program.Places;
import dev.standstill.explore.program.StaticState;
import dev.standstill.explore.race.RaceRun;
import dev.standstill.explore.race.RaceWatch;
import dev.standstill.explore.search.Explorer;
import dev.standstill.explore.search.LongSet;
import dev.standstill.explore.search.Search;
import dev.standstill.test.ReplayToken;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.Sightings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One exploration, from its first schedule to its result. For one thread, and used once. */
final class ExplorationSession {

  /** How often whoever watches is told. */
  private static final Duration TELL = Duration.ofMillis(200);

  private final Exploration asked;
  private final InstrumentedProgram program;
  private final RaceWatch watch;
  private final ProgramRun run;
  private final TestLoop.Builder builder;
  private final Investigation investigation;
  private Search search;

  /** What the calling thread runs by: the search, or what that has become beside a crew. */
  private Search searchHere;

  /** The number of the first schedule that the search has to do with. */
  private long searched;

  private final LongSet signatures = new LongSet();
  private final Set<Integer> pinned = new LinkedHashSet<>();
  private final Overlaps overlaps = new Overlaps();
  private final Sightings sightings = new Sightings();
  private final KeptRuns kept;

  /** Null if the first failure is the end. */
  private final @Nullable MetFailures met;

  /** As in a run. */
  private final LongSet pairs = new LongSet();

  private final long began = System.nanoTime();
  private long done;
  private long lastNew;
  private long cut;
  private long points;
  private boolean hadChoice;
  private boolean fits = true;
  private long told = began;
  private final List<ReplayToken> initialising = new ArrayList<>();
  private @Nullable Crew crew;

  /**
   * @param asked what is asked for; it does not change meanwhile
   */
  ExplorationSession(Exploration asked, InstrumentedProgram program, RaceWatch watch) {
    this.asked = asked;
    this.program = program;
    this.watch = watch;
    this.search = asked.strategy.search(asked.schedules);
    this.searchHere = search;
    this.run = programRun(asked.body, asked.ownClasses ? new StaticState() : StaticState.ofJvm());
    this.builder = asked.loopSettings();
    this.met = asked.knownKinds == null ? null : new MetFailures(asked.knownKinds);
    this.kept = KeptRuns.of(asked.kept, asked.options());
    this.investigation =
        new Investigation(run, watch, asked::loopSettings, asked.shrinkLimit, asked.stop);
  }

  private ProgramRun programRun(Exploration.Body program, StaticState statics) {
    return new ProgramRun(
        loop -> {
          try {
            program.run(loop);
          } finally {
            sightings.note(loop);
          }
        },
        asked.untilExit,
        asked.until,
        asked.failsOnRaces(),
        asked.spuriousWakeUps,
        statics);
  }

  /** Runs what is kept, and then schedules, until one has failed or a limit is reached. */
  ExplorationResult explore() {
    try {
      ScheduleFailure again =
          kept.firstThatFails(this::repeatKept, () -> isTimeUp() || asked.stop.getAsBoolean());
      if (again != null && isLast(again.getCause(), () -> again)) {
        return result(Optional.of(again));
      }
      while (!isOver()) {
        Ran ran = next();
        if (ran == null) {
          break;
        }
        note(ran);
        ScheduleFailure found = endsWith(ran);
        if (found != null) {
          return result(Optional.of(found));
        }
        if (watch.isTaughtBy(ran.races())) {
          beginAnew(ran.races());
        }
        if (crew != null && ran.changesThoseAfter()) {
          crew.goOnWith(done, initialising);
        }
        tellWatcher();
      }
      closeCrew();
      return result(met == null ? List.of() : met.lookInto());
    } finally {
      closeCrew();
    }
  }

  /** The failure of a run, if the exploration ends with it; else null. */
  private @Nullable ScheduleFailure endsWith(Ran ran) {
    ProgramRun.Failed failed = ran.failure();
    if (failed == null) {
      return null;
    }
    String found = found(ran.strategy());
    long number = done;
    MetFailures.Look look =
        () -> {
          ScheduleFailure failure = investigation.of(failed, found, number);
          if (failure != null) {
            kept.keep(failure);
          }
          return failure;
        };
    return isLast(failed.failure(), look) ? look.look() : null;
  }

  /** Whether it goes no further than to a failure; else that is noted. */
  private boolean isLast(@Nullable Throwable failure, MetFailures.Look look) {
    if (met == null || failure == null) {
      return true;
    }
    met.add(failure, done, look);
    return false;
  }

  /** The search knows a program with fewer points, and so does the crew. */
  private void beginAnew(RaceRun teacher) {
    closeCrew();
    watch.learns(teacher, done);
    search = asked.strategy.search(asked.schedules - done);
    searchHere = search;
    searched = done;
  }

  private void closeCrew() {
    if (crew != null) {
      crew.close();
      crew = null;
    }
  }

  /** Runs the next schedule; null if time was up before. */
  private @Nullable Ran next() {
    if (watch.isOwn(done)) {
      return runHere();
    }
    if (crew == null && asked.threads > 1 && done > 0 && search.fork() != null) {
      Supplier<RaceRun> races = watch.ahead();
      searchHere = Objects.requireNonNull(search.fork()); // others fork it while this runs
      crew = new Crew(asked.threads, () -> member(races), watch::isOwn, this::isTimeUp);
      crew.goOnWith(done, initialising);
    }
    return crew == null ? runHere() : crew.next();
  }

  private Ran runHere() {
    return run(searchHere, run, builder, done, watch.begin(done));
  }

  /** A slow run teaches a search nothing of the others. */
  private Ran run(
      Search by, ProgramRun program, TestLoop.Builder settings, long number, RaceRun races) {
    Search chosen = races.isSlow() ? SearchStrategy.RANDOM.search(1) : by;
    chosen.skipTo(number - searched);
    Explorer explorer =
        Explorer.searching(chosen, asked.seed + number, races)
            .overlaps(overlaps.isWanted(number))
            .coverage(asked.coverage);
    ProgramRun.Ending ending = program.run(settings, explorer);
    return Ran.of(explorer, chosen.toString(), ending);
  }

  private Crew.Member member(Supplier<RaceRun> races) {
    return new Crew.Member() {
      private final Search own = Objects.requireNonNull(search.fork());
      private final ProgramRun program = programRun(asked.bodies.get(), new StaticState());
      private final TestLoop.Builder settings = asked.loopSettings();

      @Override
      public Ran run(long number) {
        return ExplorationSession.this.run(own, program, settings, number, races.get());
      }

      @Override
      public void repeat(ReplayToken token) {
        program.run(settings, ProgramRun.following(token, watch));
      }
    };
  }

  /** Repeats one run. */
  ExplorationResult repeat(ReplayToken token) {
    Explorer explorer = ProgramRun.following(token, watch);
    ProgramRun.Ending ending = repeated(explorer, token);
    note(Ran.of(explorer, search.toString(), ending));
    hadChoice = true; // it was made
    fits = ending.fits();
    return result(Optional.ofNullable(investigation.replayed(explorer, ending, token, done)));
  }

  private KeptRuns.Repeated repeatKept(ReplayToken token) {
    Explorer explorer = ProgramRun.following(token, watch);
    ProgramRun.Ending ending = repeated(explorer, token);
    noteInitialised(Ran.of(explorer, search.toString(), ending));
    return new KeptRuns.Repeated() {
      @Override
      public boolean fits() {
        return ending.fits();
      }

      @Override
      public @Nullable ScheduleFailure failure(String found) {
        return investigation.kept(explorer, ending, token, found);
      }
    };
  }

  private ProgramRun.Ending repeated(Explorer explorer, ReplayToken token) {
    return run.trace(asked.loopSettings().replay(token.toString()), explorer);
  }

  private String found(String by) {
    return asked.schedules == Long.MAX_VALUE
        ? "Found in schedule %,d (%s)".formatted(done, by)
        : "Found in schedule %,d of %,d (%s)".formatted(done, asked.schedules, by);
  }

  private boolean isOver() {
    return done >= asked.schedules
        || done - lastNew >= asked.mostStale
        || search.isExhausted()
        || isTimeUp()
        || asked.stop.getAsBoolean();
  }

  private boolean isTimeUp() {
    Duration limit = asked.limit;
    return limit != null && System.nanoTime() - began >= limit.toNanos();
  }

  private void note(Ran ran) {
    done++;
    watch.sees(ran.races());
    if (signatures.add(ran.signature())) {
      lastNew = done;
    }
    cut += ran.wasCut() ? 1 : 0;
    points += ran.points();
    hadChoice |= ran.hadChoice();
    overlaps.add(ran.spans());
    if (ran.pairs() != null) {
      ran.pairs().forEach(pairs::add);
    }
    if (ran.pinnedPlace() >= 0) {
      pinned.add(ran.pinnedPlace());
    }
    noteInitialised(ran);
  }

  private void noteInitialised(Ran ran) {
    ReplayToken token = ran.initialising();
    if (token != null && asked.threads > 1) {
      initialising.add(token);
      if (crew != null && !watch.isOwn(done - 1)) { // so that failures are repeated as they were
        run.run(builder, ProgramRun.following(token, watch));
      }
    }
  }

  private void tellWatcher() {
    long now = System.nanoTime();
    if (now - told >= TELL.toNanos()) {
      told = now;
      asked.watcher.accept(result(Optional.empty()));
    }
  }

  private ExplorationResult result(Optional<ScheduleFailure> failure) {
    return result(failure, List.of(), List.of());
  }

  /** It has gone on to its end. */
  private ExplorationResult result(List<FailureGroup> failures) {
    List<PointPair> covered = new ArrayList<>();
    pairs.forEach(pair -> covered.add(pair(pair)));
    return result(
        failures.stream().flatMap(group -> group.found().stream()).findFirst(),
        failures,
        covered.stream().sorted().distinct().toList());
  }

  private static PointPair pair(long pair) {
    return new PointPair(Places.describe((int) (pair >>> 32)), Places.describe((int) pair));
  }

  private ExplorationResult result(
      Optional<ScheduleFailure> failure, List<FailureGroup> failures, List<PointPair> covered) {
    return new ExplorationResult(
        done,
        signatures.size(),
        Duration.ofNanos(System.nanoTime() - began),
        failure,
        search.proved(),
        watch.meetings().stream().map(DataRace::of).toList(),
        limits(failure.isPresent() || !failures.isEmpty()),
        points,
        hadChoice || done == 0,
        kept.notes(),
        failures,
        covered);
  }

  private List<String> limits(boolean hasFailed) {
    List<String> limits = new ArrayList<>();
    if (!fits) {
      limits.add(ExplorationResult.CHANGED);
    }
    if (!hasFailed) {
      overlaps.missing().ifPresent(limits::add);
      sightings.missing().ifPresent(limits::add);
    }
    if (cut > 0) {
      limits.add(
          "%,d schedules went on for so long that they were not searched to their end; a task may wait for others in a loop."
              .formatted(cut));
    }
    pinned.forEach(place ->
        limits.add(
            "Could not be preempted, inside of a class initialiser or a native method: %s."
                .formatted(Places.describe(place))));
    program
        .unchanged()
        .forEach(type -> limits.add("Could not be changed to tell what it does: " + type + "."));
    return limits;
  }
}
