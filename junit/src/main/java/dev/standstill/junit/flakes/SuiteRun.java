package dev.standstill.junit.flakes;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs tests by JUnit once, and sees what becomes of them. JUnit calls it, in parallel if it runs
 * tests so.
 */
public final class SuiteRun implements TestExecutionListener {

  /** What a test publishes whose schedules were explored, as many as were asked for. */
  public static final String EXPLORED = "standstill.explored";

  private static final String PARALLEL = "junit.jupiter.execution.parallel.enabled";

  private final Function<Throwable, Optional<String>> tokens;
  private final Map<String, Failure> failures = new ConcurrentSkipListMap<>();
  private final Set<String> finished = ConcurrentHashMap.newKeySet();
  private final Set<String> skipped = ConcurrentHashMap.newKeySet();
  private final Set<String> explored = ConcurrentHashMap.newKeySet();

  private SuiteRun(Function<Throwable, Optional<String>> tokens) {
    this.tokens = tokens;
  }

  /**
   * Runs tests to their end.
   *
   * @param tests JUnit's names of test methods
   * @param parameters the configuration parameters of the run that JUnit was asked for
   * @param tokens finds in a failure what repeats its run
   */
  static SuiteRun of(
      Collection<String> tests,
      Round round,
      Function<String, Optional<String>> parameters,
      Function<Throwable, Optional<String>> tokens) {
    Launcher launcher =
        LauncherFactory.create(
            LauncherConfig.builder()
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableLauncherDiscoveryListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .build());
    SuiteRun run = new SuiteRun(tokens);
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(tests.stream().map(DiscoverySelectors::selectUniqueId).toList())
            .filters(EngineFilter.includeEngines("junit-jupiter"))
            .enableImplicitConfigurationParameters(false)
            .parentConfigurationParameters(new Parameters(parameters))
            .configurationParameter(Round.PARAMETER, round.toString());
    if (round.explore() > 0) {
      request.configurationParameter(PARALLEL, "false"); // one exploration at a time
    }
    launcher.execute(request.build(), run);
    return run;
  }

  @Override
  public void executionSkipped(TestIdentifier identifier, String reason) {
    skipped.add(identifier.getUniqueId());
  }

  @Override
  public void executionFinished(TestIdentifier identifier, TestExecutionResult result) {
    String test = TestIds.ofMethod(identifier.getUniqueId());
    if (result.getStatus() == TestExecutionResult.Status.FAILED) {
      Throwable thrown =
          result.getThrowable().orElseGet(() -> new AssertionError("failed without a reason"));
      failures.putIfAbsent(
          test,
          Failure.of(
              TestIds.isOneOfMany(identifier.getUniqueId()) ? identifier.getDisplayName() : "",
              thrown,
              tokens.apply(thrown).orElse("")));
    } else if (identifier.isTest()) {
      finished.add(test);
    }
  }

  @Override
  public void reportingEntryPublished(TestIdentifier identifier, ReportEntry entry) {
    if (entry.getKeyValuePairs().containsKey(EXPLORED)) {
      explored.add(TestIds.ofMethod(identifier.getUniqueId()));
    }
  }

  /** Whether all schedules of a test were explored that were to be. */
  boolean hasExplored(String test) {
    return explored.contains(test);
  }

  /** How tests have failed, and what is above them, by JUnit's names. */
  Map<String, Failure> failures() {
    return failures;
  }

  /** Whether all of a test has run, and nothing of it has failed. */
  boolean hasPassed(String test) {
    return finished.contains(test)
        && failures.keySet().stream().noneMatch(failed -> TestIds.isIn(failed, test))
        && skipped.stream().noneMatch(left -> TestIds.isIn(test, left));
  }

  /** What the run that JUnit was asked for was configured with. */
  private record Parameters(Function<String, Optional<String>> values)
      implements ConfigurationParameters {

    @Override
    public Optional<String> get(String key) {
      return values.apply(key);
    }

    @Override
    public Optional<Boolean> getBoolean(String key) {
      return get(key).map(Boolean::valueOf);
    }

    /** Nobody asks in JUnit 6; JUnit 5 has it deprecated, and abstract. */
    @SuppressWarnings("UnusedMethod")
    public int size() {
      return 0;
    }

    @Override
    public Set<String> keySet() {
      return Set.of();
    }
  }
}
