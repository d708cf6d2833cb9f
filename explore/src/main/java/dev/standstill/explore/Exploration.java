package dev.standstill.explore;

import dev.standstill.explore.program.InstrumentedProgram;
import dev.standstill.explore.program.Places;
import dev.standstill.explore.program.ProgramClasses;
import dev.standstill.explore.race.RaceRun;
import dev.standstill.explore.race.RaceWatch;
import dev.standstill.explore.search.Explorer;
import dev.standstill.explore.search.Search;
import dev.standstill.test.LeakedTaskException;
import dev.standstill.test.Leaks;
import dev.standstill.test.ReplayToken;
import dev.standstill.test.TestLoop;
import dev.standstill.test.spi.StrategyLoops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Explores the schedules of a program: runs it again and again on loops in virtual time, each time
 * in another order, until it fails.
 *
 * <pre>{@code
 * Exploration.of(loop -> {
 *       Account account = new Account(100);
 *       Thread one = Thread.startVirtualThread(() -> account.withdraw(80));
 *       Thread other = Thread.startVirtualThread(() -> account.withdraw(80));
 *       one.join();
 *       other.join();
 *       assertTrue(account.balance() >= 0);
 *     })
 *     .schedules(10_000)
 *     .run()
 *     .orThrow();
 * }</pre>
 *
 * <p>A loop by itself switches where a task blocks. Here it may also do so before each access of
 * the program's own classes that threads can race on: volatile fields, calls into {@code
 * java.util.concurrent}, monitors, and those plain fields, arrays and objects not made for threads
 * that threads may race on; the first schedules learn which these are. Class initialisers and
 * native methods cannot be preempted; the result says where that was met.
 *
 * <p>Static fields of classes that are loaded while schedules are explored start afresh in each.
 * One exploration at a time in a JVM. An exploration is for one thread, and may be used again.
 */
public final class Exploration {

  private static final long DEFAULT_SCHEDULES = 10_000;
  private static final int LIVELOCK_LIMIT = 300_000;

  /** How often whoever watches is told. */
  private static final Duration TELL = Duration.ofMillis(200);

  private final Body body;
  private long schedules = DEFAULT_SCHEDULES;
  private @Nullable Duration limit;
  private long mostStale = Long.MAX_VALUE;
  private SearchStrategy strategy = SearchStrategy.AUTO;
  private long seed;
  private boolean plainFields;
  private Races races = Races.TELL;
  private boolean untilExit;
  private List<String> included = List.of();
  private List<String> excluded = List.of();
  private Consumer<TestLoop.Builder> settings = builder -> {};
  private Consumer<ExplorationResult> watcher = result -> {};
  private BooleanSupplier stop = () -> false;

  /** What is done about data races. */
  private enum Races {
    IGNORE,
    TELL,
    FAIL
  }

  private Exploration(Body body) {
    this.body = body;
  }

  /** What is run under each schedule. */
  @FunctionalInterface
  public interface Body {
    /**
     * Runs as a task of {@code loop}.
     *
     * @param loop a fresh loop, closed afterwards
     * @throws Exception if the program fails
     */
    void run(TestLoop loop) throws Exception;
  }

  /**
   * Prepares an exploration; nothing runs yet.
   *
   * @param body the program; it is run many times, so it must not keep anything from one run for
   *     the next
   * @return the exploration
   */
  public static Exploration of(Body body) {
    return new Exploration(Objects.requireNonNull(body, "body"));
  }

  /**
   * Sets how many schedules are run at the most; 10,000 if not called.
   *
   * @param count above zero
   * @return this
   * @throws IllegalArgumentException if {@code count} is not above zero
   */
  public Exploration schedules(long count) {
    if (count <= 0) {
      throw new IllegalArgumentException(
          "The number of schedules has to be above 0, not " + count + ".");
    }
    this.schedules = count;
    return this;
  }

  /**
   * Sets how long schedules are explored at the most; as long as it takes if not called.
   *
   * @param duration real time, above zero
   * @return this
   * @throws IllegalArgumentException if {@code duration} is not above zero
   */
  public Exploration limit(Duration duration) {
    if (!duration.isPositive()) {
      throw new IllegalArgumentException("The limit has to be above 0, not " + duration + ".");
    }
    this.limit = duration;
    return this;
  }

  /**
   * Ends the exploration also when so many schedules in a row brought no order of accesses that was
   * not seen before.
   *
   * @param count above zero
   * @return this
   * @throws IllegalArgumentException if {@code count} is not above zero
   */
  public Exploration untilNothingNewIn(long count) {
    if (count <= 0) {
      throw new IllegalArgumentException(
          "The number of schedules without anything new has to be above 0, not " + count + ".");
    }
    this.mostStale = count;
    return this;
  }

  /**
   * Sets how schedules are chosen; {@link SearchStrategy#AUTO} if not called.
   *
   * @param strategy the strategy
   * @return this
   */
  public Exploration strategy(SearchStrategy strategy) {
    this.strategy = Objects.requireNonNull(strategy, "strategy");
    return this;
  }

  /**
   * Sets from what number chance is drawn; 0 if not called. The same number gives the same
   * schedules.
   *
   * @param seed any number
   * @return this
   */
  public Exploration seed(long seed) {
    this.seed = seed;
    return this;
  }

  /**
   * Switches before all accesses to plain fields, arrays, and objects that are not made for
   * threads. Without it that is done only where the first schedules have shown that threads may
   * race; so it is for programs of which they do not show all. Takes longer.
   *
   * @return this
   */
  public Exploration plainFields() {
    this.plainFields = true;
    return this;
  }

  /**
   * Lets a schedule fail under which a data race is seen: {@link DataRaceException}. Else the
   * result tells of it.
   *
   * @return this
   */
  public Exploration failOnRaces() {
    this.races = Races.FAIL;
    return this;
  }

  /**
   * Does not look for data races, and does not switch before accesses that order nothing, unless
   * {@link #plainFields} is called.
   *
   * @return this
   */
  public Exploration ignoreRaces() {
    this.races = Races.IGNORE;
    return this;
  }

  /**
   * Lets each run go on until the program ends as a JVM would: when all threads have ended that are
   * neither virtual nor daemons. Else a run ends with the body.
   *
   * @return this
   */
  public Exploration untilExit() {
    this.untilExit = true;
    return this;
  }

  /**
   * Sets which classes belong to the program beside those that do anyway: all that are not of the
   * JDK, of Standstill, of tools for tests, or of jars that a build has fetched.
   *
   * @param patterns names of classes, in which {@code *} stands for anything
   * @return this
   */
  public Exploration include(String... patterns) {
    this.included = List.of(patterns);
    return this;
  }

  /**
   * Sets which classes do not belong to the program.
   *
   * @param patterns names of classes, in which {@code *} stands for anything
   * @return this
   */
  public Exploration exclude(String... patterns) {
    this.excluded = List.of(patterns);
    return this;
  }

  /**
   * Sets what else differs from the defaults of {@link TestLoop.Builder}. Tasks that are left do
   * not fail a schedule if this is not called.
   *
   * @param settings changes a builder; the schedule that it sets does not count
   * @return this
   */
  public Exploration settings(Consumer<TestLoop.Builder> settings) {
    this.settings = Objects.requireNonNull(settings, "settings");
    return this;
  }

  /**
   * Sets who is told how it goes, about five times a second, on the thread that explores.
   *
   * @param watcher takes what was seen so far
   * @return this
   */
  public Exploration watcher(Consumer<ExplorationResult> watcher) {
    this.watcher = Objects.requireNonNull(watcher, "watcher");
    return this;
  }

  /**
   * Sets what ends the exploration early; it is asked between schedules.
   *
   * @param stop true from when it is to end
   * @return this
   */
  public Exploration stopWhen(BooleanSupplier stop) {
    this.stop = Objects.requireNonNull(stop, "stop");
    return this;
  }

  /**
   * Explores; returns when a schedule has failed or a limit is reached.
   *
   * @return what was seen
   * @throws IllegalStateException if the calling thread is a virtual one, if another exploration
   *     goes on, or if loops in virtual time cannot work in this JVM
   */
  public ExplorationResult run() {
    try (InstrumentedProgram program = open()) {
      RaceWatch watch = RaceWatch.learning(races != Races.IGNORE, plainFields);
      return new Session(program, watch).explore();
    }
  }

  /**
   * Repeats one run.
   *
   * @param token what a {@link ScheduleFailure} gave
   * @return what was seen: one schedule
   * @throws IllegalArgumentException if {@code token} is none
   * @throws IllegalStateException as with {@link #run}
   */
  public ExplorationResult replay(String token) {
    try (InstrumentedProgram program = open()) {
      ReplayToken parsed = ReplayToken.parse(token);
      RaceWatch watch = RaceWatch.repeating(parsed.note(), races != Races.IGNORE);
      return new Session(program, watch).repeat(parsed);
    }
  }

  private InstrumentedProgram open() {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException(
          "Schedules were to be explored by virtual thread \"%s\": a platform thread has to, which drives the loops."
              .formatted(Thread.currentThread().getName()));
    }
    return InstrumentedProgram.open(ProgramClasses.of(included, excluded), plainFields);
  }

  private TestLoop.Builder loopSettings() {
    TestLoop.Builder builder =
        TestLoop.builder()
            .name("explored")
            .withoutReplayHint()
            .leaks(Leaks.IGNORE)
            .livelockLimit(LIVELOCK_LIMIT);
    settings.accept(builder);
    return builder;
  }

  /** One exploration. */
  private final class Session {

    private final InstrumentedProgram program;
    private final RaceWatch watch;
    private Search search = strategy.search(schedules);
    private final ProgramRun run = new ProgramRun(body, untilExit, races == Races.FAIL);
    private final TestLoop.Builder builder = loopSettings();
    private final LongSet signatures = new LongSet();
    private final Set<Integer> pinned = new LinkedHashSet<>();
    private final long began = System.nanoTime();
    private long done;
    private long lastNew;
    private long cut;
    private long told = began;

    Session(InstrumentedProgram program, RaceWatch watch) {
      this.program = program;
      this.watch = watch;
    }

    ExplorationResult explore() {
      while (!isOver()) {
        Explorer explorer = next(watch.begin());
        ProgramRun.Ending ending = run.run(builder, explorer);
        note(explorer);
        if (ending.failure() != null && counts(ending.failure(), explorer)) {
          ReplayToken token = ending.tokenOfFailure().withNote(watch.note());
          ScheduleFailure found = found(ending.failure(), token, explorer);
          if (found != null) {
            return result(Optional.of(found));
          }
        }
        if (watch.learns(explorer.races())) {
          search = strategy.search(schedules - done); // it knows a program with fewer points
        }
        tellWatcher();
      }
      return result(Optional.empty());
    }

    ExplorationResult repeat(ReplayToken token) {
      Explorer explorer = follow(token);
      ProgramRun.Ending ending = run.repeat(loopSettings().replay(token.toString()), explorer);
      note(explorer);
      return result(
          Optional.ofNullable(ending.failure())
              .map(failure ->
                  new ScheduleFailure(failure.toString(), failure, token, steps(explorer), done)));
    }

    /** A slow run teaches a search nothing of the others. */
    private Explorer next(RaceRun races) {
      Search chosen = races.isSlow() ? SearchStrategy.RANDOM.search(1) : search;
      return Explorer.searching(chosen, seed + done, races);
    }

    private static boolean counts(Throwable failure, Explorer explorer) {
      return !explorer.races().isSlow() || failure instanceof DataRaceException;
    }

    private Explorer follow(ReplayToken token) {
      return Explorer.following(StrategyLoops.follow(token.schedule()), watch.again());
    }

    private boolean isOver() {
      return done >= schedules
          || done - lastNew >= mostStale
          || search.isExhausted()
          || isTimeUp()
          || stop.getAsBoolean();
    }

    private boolean isTimeUp() {
      return limit != null && System.nanoTime() - began >= limit.toNanos();
    }

    private void note(Explorer explorer) {
      done++;
      watch.sees(explorer.races());
      if (signatures.add(explorer.signature())) {
        lastNew = done;
      }
      cut += explorer.wasCut() ? 1 : 0;
      if (explorer.pinnedPlace() >= 0) {
        pinned.add(explorer.pinnedPlace());
      }
    }

    private void tellWatcher() {
      long now = System.nanoTime();
      if (now - told >= TELL.toNanos()) {
        told = now;
        watcher.accept(result(Optional.empty()));
      }
    }

    /**
     * Repeats a run that has failed, because only then all is told that reports show. Null if what
     * was taken for tasks of the program that are left turns out to be none.
     */
    private @Nullable ScheduleFailure found(
        Throwable failure, ReplayToken token, Explorer explorer) {
      Explorer again = follow(token);
      Throwable repeated = run.repeat(loopSettings().replay(token.toString()), again).failure();
      if (repeated == null && failure instanceof LeakedTaskException) {
        return null;
      }
      return new ScheduleFailure(
          "%s (schedule %,d, by %s; to repeat it: replay(\"%s\"))"
              .formatted(failure, done, search, token),
          repeated != null && repeated.getClass() == failure.getClass() ? repeated : failure,
          token,
          steps(explorer),
          done);
    }

    private static List<String> steps(Explorer explorer) {
      int width = explorer.steps().stream().mapToInt(step -> step.task().length()).max().orElse(0);
      return explorer.steps().stream()
          .map(step ->
              "%s  %s"
                  .formatted(
                      step.task() + " ".repeat(width - step.task().length()),
                      Places.describe(step.place())))
          .toList();
    }

    private ExplorationResult result(Optional<ScheduleFailure> failure) {
      return new ExplorationResult(
          done,
          signatures.size(),
          Duration.ofNanos(System.nanoTime() - began),
          failure,
          search.proved(),
          watch.meetings().stream().map(DataRace::of).toList(),
          limits());
    }

    private List<String> limits() {
      List<String> limits = new ArrayList<>();
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
}
