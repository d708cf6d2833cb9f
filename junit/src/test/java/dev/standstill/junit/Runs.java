package dev.standstill.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.standstill.test.RunDetails;
import dev.standstill.test.TestLoop;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** Runs example classes with JUnit itself, through its Test Kit. */
public final class Runs {

  private Runs() {}

  /** Runs all tests of classes. */
  public static EngineExecutionResults of(Class<?>... testClasses) {
    return with(Map.of(), testClasses);
  }

  /** Runs all tests of classes, with parameters. */
  public static EngineExecutionResults with(
      Map<String, String> configuration, Class<?>... testClasses) {
    Map<String, String> all = new HashMap<>(configuration);
    all.putIfAbsent("standstill.failures", "none"); // of one test are no business of the next
    return asConfigured(all, testClasses);
  }

  static EngineExecutionResults asConfigured(
      Map<String, String> configuration, Class<?>... testClasses) {
    EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter");
    Stream.of(testClasses).forEach(testClass -> kit.selectors(selectClass(testClass)));
    return kit.configurationParameters(configuration).execute();
  }

  /** Runs one method, which has no parameters but for a loop. */
  static EngineExecutionResults method(
      Map<String, String> configuration, Class<?> testClass, String method) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectMethod(testClass, method, TestLoop.class))
        .configurationParameters(configuration)
        .execute();
  }

  /** Why tests were left out. */
  static List<String> reasonsOfSkips(EngineExecutionResults results) {
    return results
        .allEvents()
        .skipped()
        .map(event -> event.getRequiredPayload(String.class))
        .toList();
  }

  /** Runs a class all of whose tests pass. */
  static EngineExecutionResults passing(Class<?>... testClasses) {
    EngineExecutionResults results = of(testClasses);
    assertThat(failures(results)).isEmpty();
    return results;
  }

  /** Runs a class in which one test, or the class itself, fails, and returns what it threw. */
  static Throwable failing(Class<?> testClass) {
    return failing(of(testClass));
  }

  static Throwable failing(EngineExecutionResults results) {
    List<Throwable> failures = failures(results);
    assertThat(failures).hasSize(1);
    return failures.getFirst();
  }

  /** What tests, and classes, have thrown. */
  public static List<Throwable> failures(EngineExecutionResults results) {
    return results
        .allEvents()
        .finished()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .flatMap(result -> result.getThrowable().stream())
        .toList();
  }

  /** The display names of the tests that were started. */
  static List<String> tests(EngineExecutionResults results) {
    return results
        .testEvents()
        .started()
        .map(Event::getTestDescriptor)
        .map(descriptor -> descriptor.getDisplayName())
        .toList();
  }

  /** The report entries of a name. */
  static List<String> entries(EngineExecutionResults results, String name) {
    return results
        .allEvents()
        .reportingEntryPublished()
        .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
        .filter(pairs -> pairs.containsKey(name))
        .map(pairs -> pairs.get(name))
        .toList();
  }

  /** What a failure is told about its run. */
  static String details(Throwable failure) {
    return Stream.of(failure.getSuppressed())
        .filter(RunDetails.class::isInstance)
        .map(Throwable::getMessage)
        .findFirst()
        .orElseThrow();
  }

  /** The failure as a console shows it. */
  static String print(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
