package dev.standstill.notebook;

import dev.standstill.notebook.TestRun.Result;
import dev.standstill.notebook.TestRun.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  private final NameFilter filter;
  private final List<Result> results = new ArrayList<>();

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

  @Override
  public void issueEncountered(UniqueId engine, DiscoveryIssue issue) {
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
