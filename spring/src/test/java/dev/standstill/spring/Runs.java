package dev.standstill.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs example classes with JUnit itself, through its Test Kit. */
final class Runs {

  /** Machines differ, and these are no tests of limits. */
  private static final Map<String, String> LIMITS =
      Map.of("standstill.startLimit", "15 min", "standstill.realTimeLimit", "10 min");

  private Runs() {}

  /** Runs classes all of whose tests pass; so many are there. */
  static void passing(int tests, Class<?>... testClasses) {
    EngineExecutionResults results = of(testClasses);
    assertThat(failures(results)).isEmpty();
    assertThat(results.testEvents().succeeded().count()).isEqualTo(tests);
  }

  static List<Throwable> failures(Class<?>... testClasses) {
    return failures(of(testClasses));
  }

  private static EngineExecutionResults of(Class<?>... testClasses) {
    EngineTestKit.Builder kit =
        EngineTestKit.engine("junit-jupiter").configurationParameters(LIMITS);
    for (Class<?> testClass : testClasses) {
      kit.selectors(DiscoverySelectors.selectClass(testClass));
    }
    return kit.execute();
  }

  private static List<Throwable> failures(EngineExecutionResults results) {
    return results
        .allEvents()
        .finished()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .flatMap(result -> result.getThrowable().stream())
        .toList();
  }
}
