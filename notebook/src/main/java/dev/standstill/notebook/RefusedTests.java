package dev.standstill.notebook;

import dev.standstill.notebook.TestRun.Result;
import dev.standstill.notebook.TestRun.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Logger;
import org.junit.platform.engine.DiscoveryIssue;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryListener;

/**
 * The methods and nested classes that look like tests, and that JUnit does not run because of how
 * they are declared. It only logs that; in a notebook, where nobody reads a log, each has failed.
 */
final class RefusedTests implements LauncherDiscoveryListener {

  /** What JUnit says of them, and of nothing else (JUnit 6, {@code IsTestableMethod}). */
  private static final String REFUSED = "It will not be executed";

  /** Who logs what is said of tests as they are found. Held: loggers are forgotten otherwise. */
  private static final Logger LOGGER =
      Logger.getLogger("org.junit.platform.launcher.core.DiscoveryIssueNotifier");

  private final NameFilter filter;
  private final List<Result> results = new ArrayList<>();

  /** Whether more is to be said than that tests are refused. */
  private boolean others;

  /**
   * @param filter the tests that are to run
   */
  RefusedTests(NameFilter filter) {
    this.filter = filter;
  }

  /** A failed result for each. */
  List<Result> results() {
    return List.copyOf(results);
  }

  /** Has JUnit run, without its saying in a log what these results say. */
  void listenWhile(Runnable run) {
    Filter before = LOGGER.getFilter();
    LOGGER.setFilter(_ -> others);
    try {
      run.run();
    } finally {
      LOGGER.setFilter(before);
    }
  }

  @Override
  public void issueEncountered(UniqueId engine, DiscoveryIssue issue) {
    others |= !issue.message().contains(REFUSED);
    if (issue.message().contains(REFUSED)) {
      issue.source().ifPresent(source -> add(source, CellClasses.withNames(issue.message())));
    }
  }

  private void add(TestSource source, String message) {
    if (source instanceof MethodSource method && filter.matches(method)) {
      add(CellClasses.nameOf(method.getJavaClass()) + "." + method.getMethodName(), message);
    } else if (source instanceof ClassSource type && filter.matches(type.getJavaClass())) {
      add(CellClasses.nameOf(type.getJavaClass()), message);
    }
  }

  private void add(String name, String message) {
    results.add(
        new Result(
            name,
            "",
            1,
            Status.FAILED,
            Duration.ZERO,
            null,
            "",
            new AssertionError(message),
            null));
  }
}
