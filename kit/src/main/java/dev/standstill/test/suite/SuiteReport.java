package dev.standstill.test.suite;

import dev.standstill.test.stage.LoopPattern;
import dev.standstill.test.stage.Observations;
import dev.standstill.test.stage.Observations.Met;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The report about a run of tests, which frameworks tell what becomes of each, and which is printed
 * when the run has ended. Any thread may call.
 */
public final class SuiteReport {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  /** A build may run the classes of a suite one by one in a JVM, and all belong on its page. */
  private static final Map<Path, SuiteResult> ON_PAGES = new ConcurrentSkipListMap<>();

  /** Those of runs that go on; one may begin inside a test of another. */
  private static final List<SuiteReport> OPEN = new CopyOnWriteArrayList<>();

  private final Object run;
  private final @Nullable Path page;
  private final Queue<SuiteTest> tests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger skipped = new AtomicInteger();
  private final AtomicInteger frameworks = new AtomicInteger();
  private final long start = System.nanoTime();

  private SuiteReport(Object run, @Nullable Path page) {
    this.run = run;
    this.page = page;
  }

  /**
   * A run of tests begins, or a framework joins one that another has begun.
   *
   * @param run what is the same for all frameworks that take part
   * @param parameters gives the value of a parameter, null if it has none
   * @return empty if there is no report of it
   */
  public static synchronized Optional<SuiteReport> begin(
      Object run, Function<String, @Nullable String> parameters) {
    SuiteReport report = OPEN.stream().filter(open -> open.run == run).findFirst().orElse(null);
    if (report == null) {
      ReportPlace place = place(parameters);
      if (!place.wanted()) {
        return Optional.empty();
      }
      report = new SuiteReport(run, place.page());
      OPEN.add(report);
      Observations.begin();
    }
    report.frameworks.incrementAndGet();
    return Optional.of(report);
  }

  private static ReportPlace place(Function<String, @Nullable String> parameters) {
    boolean onLoops = areOnLoops(parameters);
    try {
      return ReportPlace.of(Optional.ofNullable(parameters.apply(ReportPlace.PARAMETER)), onLoops);
    } catch (IllegalArgumentException e) {
      LOG.log(System.Logger.Level.WARNING, e.getMessage());
      return ReportPlace.of(Optional.empty(), onLoops);
    }
  }

  /**
   * Whether tests run on loops without an annotation; who asks for tests says what is unreadable.
   */
  private static boolean areOnLoops(Function<String, @Nullable String> parameters) {
    try {
      return LoopPattern.of(parameters).filter(pattern -> !pattern.isNone()).isPresent();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** The report of the run that has begun last and goes on, if there is one. */
  public static Optional<SuiteReport> latest() {
    return OPEN.isEmpty() ? Optional.empty() : Optional.of(OPEN.getLast());
  }

  /**
   * A test has ended.
   *
   * @param real how long it took, with its fixtures
   */
  public void test(Ended test, Duration real) {
    add(test, true, real, Observations.take(test.key()));
  }

  /** A test has ended, which took as long as its loops have run for it. */
  public void test(Ended test) {
    Met met = Observations.take(test.key());
    add(test, true, met == null ? Duration.ZERO : met.real(), met);
  }

  /** What is above tests has ended: it is told if there is something to tell. */
  public void fixtures(Ended fixtures) {
    Met met = Observations.take(fixtures.key());
    if (fixtures.thrown() != null || met != null && isWorthALine(met)) {
      add(fixtures, false, met == null ? Duration.ZERO : met.real(), met);
    }
  }

  private static boolean isWorthALine(Met met) {
    return !(met.virtual().isZero() && met.left().isEmpty() && met.outside().isEmpty());
  }

  private void add(Ended ended, boolean isTest, Duration real, @Nullable Met met) {
    Throwable thrown = ended.thrown();
    tests.add(
        new SuiteTest(
            ended.type(),
            ended.name(),
            isTest,
            ended.outcome(),
            real,
            met,
            thrown == null ? null : SuiteTest.lineOf(thrown),
            thrown == null ? null : SuiteTest.hangIn(thrown)));
  }

  /** So many tests will not run. */
  public void skipped(int count) {
    skipped.addAndGet(count);
  }

  /** A framework has no further tests; after the last one the report is printed. */
  public void end() {
    if (frameworks.decrementAndGet() > 0) {
      return;
    }
    OPEN.remove(this);
    Observations.end();
    SuiteResult result = result();
    if (!result.tests().isEmpty()) {
      System.out.print(TextReport.of(result) + write(result));
      System.out.flush();
    }
  }

  private SuiteResult result() {
    return new SuiteResult(
        List.copyOf(tests), skipped.get(), Duration.ofNanos(System.nanoTime() - start));
  }

  /** Returns the line that says where the page is. */
  private String write(SuiteResult result) {
    if (page == null) {
      return "There is no folder target or build here, so no page was written; -D%s=FILE.html names one.%n"
          .formatted(ReportPlace.PARAMETER);
    }
    try {
      Path absolute = page.toAbsolutePath();
      SuiteResult all = ON_PAGES.merge(absolute, result, SuiteResult::and);
      Files.createDirectories(Objects.requireNonNull(absolute.getParent()));
      Files.writeString(absolute, HtmlReport.of(all));
      return "Page: %s%n".formatted(page);
    } catch (IOException e) {
      return "The page could not be written: %s%n".formatted(e);
    }
  }
}
