package dev.standstill.junit.suite;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs classes through JUnit's launcher, as build tools and IDEs do. */
final class Suites {

  private Suites() {}

  /**
   * What came of a run.
   *
   * @param passed the names of the tests that passed
   * @param failures what tests and classes threw
   * @param warnings what was logged
   */
  record Outcome(List<String> passed, List<Throwable> failures, List<String> warnings) {}

  static Outcome run(Map<String, String> parameters, Class<?>... testClasses) {
    List<String> passed = Collections.synchronizedList(new ArrayList<>());
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<String> warnings = Collections.synchronizedList(new ArrayList<>());
    TestExecutionListener noting =
        new TestExecutionListener() {
          @Override
          public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            result.getThrowable().ifPresent(failures::add);
            if (test.isTest() && result.getThrowable().isEmpty()) {
              passed.add(test.getDisplayName());
            }
          }
        };
    Handler handler = handler(warnings);
    Logger log = Logger.getLogger("dev.standstill");
    log.addHandler(handler);
    try (LauncherSession session = LauncherFactory.openSession()) {
      session
          .getLauncher()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(Stream.of(testClasses).map(type -> selectClass(type)).toList())
                  .configurationParameters(parameters)
                  .build(),
              noting);
    } finally {
      log.removeHandler(handler);
    }
    return new Outcome(passed, failures, warnings);
  }

  private static Handler handler(List<String> warnings) {
    return new Handler() {
      @Override
      public void publish(LogRecord entry) {
        warnings.add(entry.getMessage());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
