package dev.standstill.explore;

import dev.standstill.explore.program.InstrumentedProgram;
import dev.standstill.explore.program.ProgramClasses;
import dev.standstill.explore.race.RaceWatch;
import dev.standstill.test.Leaks;
import dev.standstill.test.ReplayToken;
import dev.standstill.test.TestLoop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
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

  private static final Duration DEFAULT_SHRINK_LIMIT = Duration.ofSeconds(2);

  final Body body;
  long schedules = DEFAULT_SCHEDULES;
  @Nullable Duration limit;
  Duration shrinkLimit = DEFAULT_SHRINK_LIMIT;
  long mostStale = Long.MAX_VALUE;
  SearchStrategy strategy = SearchStrategy.AUTO;
  long seed;
  private boolean plainFields;
  private Races races = Races.TELL;
  boolean spuriousWakeUps;
  boolean untilExit;

  /** How far the time of a run goes until it exits; null if only the program ends it. */
  @Nullable Duration until;

  private List<String> included = List.of();
  private List<String> excluded = List.of();
  private Consumer<TestLoop.Builder> settings = builder -> {};
  Consumer<ExplorationResult> watcher = result -> {};
  BooleanSupplier stop = () -> false;
  int threads = 1;
  Supplier<? extends Body> bodies;
  KeptRuns.@Nullable Place kept;
  @Nullable Predicate<FailureKind> knownKinds;
  boolean coverage;
  boolean ownClasses;

  /** What is done about data races. */
  private enum Races {
    IGNORE,
    TELL,
    FAIL
  }

  private Exploration(Body body) {
    this.body = body;
    this.bodies = () -> body;
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
   * Sets how long a failing schedule is shrunk at the most: switches are taken out that it does not
   * need to fail in the same way. Two seconds if not called. As long again may be looked for the
   * nearest run that passes, which {@link ScheduleFailure#trace} then has.
   *
   * @param duration real time; zero to leave it as it was found
   * @return this
   * @throws IllegalArgumentException if {@code duration} is negative
   */
  public Exploration shrinkFor(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "The limit of shrinking has to be 0 or more, not " + duration + ".");
    }
    this.shrinkLimit = duration;
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
   * Lets {@code Object.wait}, {@code Condition.await} and {@code LockSupport.park} return without a
   * cause now and then where the program's own classes call them, as a JVM may. Finds who does not
   * look again after a wait; but it also wakes whom a notify should have woken that was lost, so
   * explore without it, too.
   *
   * @return this
   */
  public Exploration spuriousWakeUps() {
    this.spuriousWakeUps = true;
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
   * Lets each run go on as {@link #untilExit()} does, up to a limit of its virtual time: for
   * programs that never end, such as servers. A run that reaches it has not failed.
   *
   * @param limit above 0
   * @return this
   * @throws IllegalArgumentException if it is not
   */
  public Exploration untilExit(Duration limit) {
    if (!limit.isPositive()) {
      throw new IllegalArgumentException("A run has to last for some time, not " + limit + ".");
    }
    this.untilExit = true;
    this.until = limit;
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
   * Explores on several threads. The result is the same as with one, down to the number of the
   * schedule that fails: threads only run ahead. What a strategy learns from, the first schedules
   * and all those that are searched depth first, is run by the calling thread alone, and so is what
   * shows which accesses may race; so {@link SearchStrategy#DFS} and {@link SearchStrategy#FIFO}
   * gain nothing.
   *
   * @param threads how many, above zero
   * @param bodies makes a program for a thread, on that thread; it must share nothing with any
   *     other, so its classes have to be loaded anew, or have no static fields that change; those
   *     are initialised when the program runs, not before
   * @return this
   * @throws IllegalArgumentException if {@code threads} is not above zero
   */
  public Exploration parallel(int threads, Supplier<? extends Body> bodies) {
    if (threads <= 0) {
      throw new IllegalArgumentException(
          "The number of threads has to be above 0, not " + threads + ".");
    }
    this.threads = threads;
    this.bodies = Objects.requireNonNull(bodies, "bodies");
    return this;
  }

  /**
   * Keeps the failure that is found, as a file in {@code target/standstill}, or in {@code
   * build/standstill} if there is no {@code target} in the working directory; nowhere if there is
   * neither. The next exploration of the program runs what is kept first: what fails again is its
   * result, what passes is removed. Without this call nothing is kept.
   *
   * @param program what tells the program from others whose failures are kept, the same each time
   * @return this
   */
  public Exploration keepFailures(String program) {
    this.kept = KeptRuns.Place.of(Objects.requireNonNull(program, "program"), null);
    return this;
  }

  /**
   * Keeps the failure that is found also in a folder that is meant to be checked in. What is kept
   * there is never removed: it is run first each time, as a regression test.
   *
   * @param program what tells the program from others whose failures are kept, the same each time
   * @param folder where failures of all programs are kept; it need not exist
   * @return this
   */
  public Exploration keepFailures(String program, Path folder) {
    this.kept =
        KeptRuns.Place.of(
            Objects.requireNonNull(program, "program"), Objects.requireNonNull(folder, "folder"));
    return this;
  }

  /**
   * Goes on after a schedule that fails, until a limit is reached. Failures are told apart by their
   * {@linkplain FailureKind kinds}; when all schedules have run, the first of each kind is looked
   * into and made small. Without this call the first failure ends the exploration.
   *
   * @param isKnown of which kinds failures are only counted, as somebody has looked into one
   *     already
   * @return this
   */
  public Exploration goOnAfterFailures(Predicate<FailureKind> isKnown) {
    this.knownKinds = Objects.requireNonNull(isKnown, "isKnown");
    return this;
  }

  /**
   * Notes which points of two tasks come one right after the other: {@link
   * ExplorationResult#pairs}.
   *
   * @return this
   */
  public Exploration coverage() {
    this.coverage = true;
    return this;
  }

  /**
   * Says that the body loads the classes of the program anew when it first runs. What earlier
   * explorations in this JVM have initialised is not touched then, and the result is that of a JVM
   * which has just started.
   *
   * @return this
   */
  public Exploration ownClasses() {
    this.ownClasses = true;
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
      return new ExplorationSession(this, program, watch).explore();
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
      return new ExplorationSession(this, program, watch).repeat(parsed);
    }
  }

  /**
   * Returns what tokens depend on beside the program: with other options they mean other runs.
   *
   * @return the options that were set, in one line
   */
  public String options() {
    return "plainFields=%s, spuriousWakeUps=%s, untilExit=%s, include=%s, exclude=%s"
        .formatted(
            plainFields, spuriousWakeUps, until == null ? untilExit : until, included, excluded);
  }

  private InstrumentedProgram open() {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException(
          "Schedules were to be explored by virtual thread \"%s\": a platform thread has to, which drives the loops."
              .formatted(Thread.currentThread().getName()));
    }
    return InstrumentedProgram.open(ProgramClasses.of(included, excluded), plainFields);
  }

  boolean failsOnRaces() {
    return races == Races.FAIL;
  }

  /** Of each loop; what it returns is the caller's. */
  TestLoop.Builder loopSettings() {
    TestLoop.Builder builder =
        TestLoop.builder()
            .name("explored")
            .withoutReplayHint()
            .leaks(Leaks.IGNORE)
            .livelockLimit(LIVELOCK_LIMIT);
    settings.accept(builder);
    return builder;
  }
}
