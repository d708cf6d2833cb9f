package dev.standstill.junit.flakes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Sees the run of a suite, and then searches it for tests whose outcome depends on the schedule.
 * While the suite runs, any thread may call.
 */
public final class FlakeFinder {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  /** A build may let one JVM run its test classes one by one; the limit is for all of them. */
  private static final AtomicLong NANOS_SPENT = new AtomicLong();

  private static final long NO_LIMIT = Long.MAX_VALUE / 2;

  private final Plan plan;
  private final Function<String, Optional<String>> parameters;
  private final Function<Throwable, Optional<String>> tokens;
  private final Map<String, Seen> seen = new ConcurrentSkipListMap<>();

  /**
   * What is asked for.
   *
   * @param way how schedules are varied
   * @param schedules how many further schedules each test is to have, above zero
   * @param limit for how long to search; null for as long as it takes
   * @param folder where to keep what is found; null for nowhere
   */
  public record Plan(Way way, int schedules, @Nullable Duration limit, @Nullable Path folder) {}

  /** What became of a test in the run that JUnit was asked for. */
  private static final class Seen {

    final String name;
    volatile boolean passed;
    volatile @Nullable Failure failure;

    Seen(String name) {
      this.name = name;
    }
  }

  /**
   * @param parameters the configuration parameters of the run; empty for what is not set
   * @param tokens finds in a failure what repeats its run
   */
  public FlakeFinder(
      Plan plan,
      Function<String, Optional<String>> parameters,
      Function<Throwable, Optional<String>> tokens) {
    this.plan = plan;
    this.parameters = parameters;
    this.tokens = tokens;
  }

  /**
   * A test, or an invocation of it, runs on a loop whose schedule can be chosen.
   *
   * @param id JUnit's name of it
   * @param name what people call the test
   */
  public void ranOnLoop(String id, String name) {
    seen.computeIfAbsent(TestIds.ofMethod(id), key -> new Seen(name));
  }

  /** A test, or an invocation of it, has passed. */
  public void passed(String id) {
    Seen test = seen.get(TestIds.ofMethod(id));
    if (test != null) {
      test.passed = true;
    }
  }

  /** A test, or an invocation of it, has failed. */
  public void failed(String id, String displayName, Throwable failure) {
    Seen test = seen.get(TestIds.ofMethod(id));
    if (test != null && test.failure == null) {
      String invocation = TestIds.isOneOfMany(id) ? displayName : "";
      test.failure = Failure.of(invocation, failure, tokens.apply(failure).orElse(""));
    }
  }

  /**
   * Searches; to be called when the suite has run.
   *
   * @throws AssertionError if a test flickers; the message tells all that was found
   */
  public void search() {
    if (seen.isEmpty()) {
      return;
    }
    long began = System.nanoTime();
    Duration limit = plan.limit();
    long nanos = limit == null ? NO_LIMIT : Math.max(0, limit.toNanos() - NANOS_SPENT.get());
    Path folder = plan.folder();
    ResultsFile file = folder == null ? null : new ResultsFile(folder, FlakeFinder::warn);
    Search search =
        new Search(
            (tests, round) -> SuiteRun.of(tests, round, parameters, tokens),
            plan.way(),
            began + nanos,
            System::nanoTime,
            findings -> {
              if (file != null) {
                file.write(findings);
              }
            });
    prepare(search, file == null ? Map.of() : file.read());
    search.run();
    NANOS_SPENT.addAndGet(System.nanoTime() - began);
    String summary =
        Summary.of(
            plan.way(),
            search.findings(),
            search.isOver() ? search.unfinished() : 0,
            Duration.ofNanos(System.nanoTime() - began),
            file == null ? "" : file.path().toString());
    tell(summary, search, folder);
  }

  private void prepare(Search search, Map<String, Finding> known) {
    seen.forEach((id, test) -> {
      Failure failure = test.failure;
      if (failure != null) {
        search.addFailed(id, test.name, failure);
      } else if (test.passed) {
        search.add(known.getOrDefault(id, Finding.fresh(id, test.name)), plan.schedules());
      }
    });
    known.values().stream()
        .filter(finding -> !TestIds.isInMethod(finding.id()))
        .filter(finding -> finding.verdict() == Verdict.FLICKERS)
        .filter(finding -> seen.keySet().stream().anyMatch(id -> TestIds.isIn(finding.id(), id)))
        .forEach(search::addContainer);
  }

  private static void tell(String summary, Search search, @Nullable Path folder) {
    if (folder != null) {
      try {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("flakes.txt"), summary + System.lineSeparator());
      } catch (IOException e) {
        warn("The summary of flaky tests could not be written to %s: %s".formatted(folder, e));
      }
    }
    if (search.findings().stream().anyMatch(finding -> finding.verdict() == Verdict.FLICKERS)) {
      throw new FlakyTestsError(summary);
    }
    LOG.log(System.Logger.Level.INFO, summary);
  }

  private static void warn(String problem) {
    LOG.log(System.Logger.Level.WARNING, problem);
  }

  /** Some tests flicker. Where it is thrown says nothing. */
  private static final class FlakyTestsError extends AssertionError {

    private static final long serialVersionUID = 1;

    FlakyTestsError(String summary) {
      super(summary);
      setStackTrace(new StackTraceElement[0]);
    }
  }
}
