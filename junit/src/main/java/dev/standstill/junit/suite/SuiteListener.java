package dev.standstill.junit.suite;

import dev.standstill.test.stage.LoopPattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Says which names in {@code standstill.loop} match nothing, and reports about the tests of a run
 * when they have ended. JUnit calls it.
 */
public final class SuiteListener implements TestExecutionListener {

  private static final System.Logger LOG = System.getLogger("dev.standstill");

  /** A build may run the classes of a suite one by one in a JVM, and all belong on its page. */
  private static final Map<Path, SuiteResult> ON_PAGES = new ConcurrentHashMap<>();

  private volatile boolean onLoops;
  private volatile @Nullable SuiteRun run;
  private volatile @Nullable Path page;

  /** For a session of JUnit's launcher. */
  public SuiteListener() {}

  @Override
  public void testPlanExecutionStarted(TestPlan plan) {
    Optional<LoopPattern> pattern = pattern(plan).filter(each -> !each.isNone());
    pattern.ifPresent(each -> warnOfUnmatched(each, plan));
    onLoops = pattern.isPresent();
    if (onLoops) {
      WholeSuite.begins();
    }
    ReportPlace place = place(plan, onLoops);
    page = place.page();
    if (place.wanted()) {
      Observations.begin();
      run = new SuiteRun(plan);
    }
  }

  /** Who began to look for tests has been told already if it cannot be read. */
  private static Optional<LoopPattern> pattern(TestPlan plan) {
    try {
      return plan.getConfigurationParameters().get(LoopPattern.PARAMETER).map(LoopPattern::parse);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static ReportPlace place(TestPlan plan, boolean onLoops) {
    try {
      return ReportPlace.of(plan.getConfigurationParameters().get(ReportPlace.PARAMETER), onLoops);
    } catch (IllegalArgumentException e) {
      warn(e.getMessage());
      return ReportPlace.of(Optional.empty(), onLoops);
    }
  }

  private static void warnOfUnmatched(LoopPattern pattern, TestPlan plan) {
    Stream<LoopPattern.TestName> tests =
        plan.getRoots().stream()
            .flatMap(root -> plan.getDescendants(root).stream())
            .flatMap(test -> name(test).stream());
    List<String> unmatched = pattern.unmatched(tests);
    if (!unmatched.isEmpty()) {
      warn(
          "%s: no test of this run is matched by %s. A name with a dot is that of a class with its package, one without is the class alone; * stands for any letters."
              .formatted(LoopPattern.PARAMETER, String.join(", ", unmatched)));
    }
  }

  private static Optional<LoopPattern.TestName> name(TestIdentifier test) {
    TestSource source = test.getSource().orElse(null);
    return source instanceof MethodSource method
        ? Optional.of(new LoopPattern.TestName(method.getJavaClass(), method.getMethodName()))
        : Optional.empty();
  }

  private static void warn(@Nullable String message) {
    LOG.log(System.Logger.Level.WARNING, message);
  }

  @Override
  public void executionStarted(TestIdentifier test) {
    SuiteRun now = run;
    if (now != null) {
      now.begins(test);
    }
  }

  @Override
  public void executionSkipped(TestIdentifier test, String reason) {
    SuiteRun now = run;
    if (now != null) {
      now.skips(test);
    }
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    SuiteRun now = run;
    if (now != null) {
      now.ends(test, result);
    }
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    if (onLoops) {
      onLoops = false;
      WholeSuite.ends();
    }
    SuiteRun ended = run;
    if (ended == null) {
      return;
    }
    run = null;
    Observations.end();
    SuiteResult result = ended.result();
    if (!result.tests().isEmpty()) {
      System.out.print(TextReport.of(result) + write(result));
      System.out.flush();
    }
  }

  /** Returns the line that says where the page is. */
  private String write(SuiteResult result) {
    Path file = page;
    if (file == null) {
      return "There is no folder target or build here, so no page was written; -D%s=FILE.html names one.%n"
          .formatted(ReportPlace.PARAMETER);
    }
    try {
      Path absolute = file.toAbsolutePath();
      SuiteResult all = ON_PAGES.merge(absolute, result, SuiteResult::and);
      Files.createDirectories(Objects.requireNonNull(absolute.getParent()));
      Files.writeString(absolute, HtmlReport.of(all));
      return "Page: %s%n".formatted(file);
    } catch (IOException e) {
      return "The page could not be written: %s%n".formatted(e);
    }
  }
}
