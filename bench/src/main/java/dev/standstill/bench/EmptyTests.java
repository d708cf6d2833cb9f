package dev.standstill.bench;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.standstill.junit.LoopTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import kotlin.Unit;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.test.TestBuildersKt;
import kotlinx.coroutines.test.TestScopeKt;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * What a test that does nothing takes, run by JUnit in a JVM of its own. Not a benchmark of JMH,
 * because JUnit calls the tests, not the other way round.
 */
final class EmptyTests {

  private static final int TESTS = 5_000;

  private static final LauncherConfig WITHOUT_SESSION_LISTENERS =
      LauncherConfig.builder().enableLauncherSessionListenerAutoRegistration(false).build();

  private EmptyTests() {}

  /** Nanoseconds per test, all of JUnit's work included. */
  static double measure(Contestant contestant, Effort effort) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(contestant.jvmArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EmptyTests.class.getName());
    command.addAll(List.of(contestant.name(), Integer.toString(effort.iterations())));
    Process jvm =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jvm.waitFor() != 0) {
      throw new IllegalStateException(
          "The empty tests of %s failed; see above.".formatted(contestant));
    }
    return Double.parseDouble(printed.strip());
  }

  /** Runs the class of contestant {@code args[0]} and prints the time of a test. */
  static void main(String[] args) {
    Class<?> testClass =
        switch (Contestant.valueOf(args[0])) {
          case TEST_LOOP -> OnATestLoop.class;
          case KOTLINX -> InRunTest.class;
          default -> Plain.class;
        };
    int iterations = Integer.parseInt(args[1]);
    run(testClass, iterations);
    System.out.println((double) run(testClass, iterations) / iterations / TESTS);
  }

  /** Nanoseconds that it takes to run all tests of a class so often. */
  private static long run(Class<?> testClass, int times) {
    long began = System.nanoTime();
    for (int i = 0; i < times; i++) {
      requireSuccess(run(testClass));
    }
    return System.nanoTime() - began;
  }

  /** Without listeners of ours, which would attach the agent for everybody. */
  private static TestExecutionSummary run(Class<?> testClass) {
    SummaryGeneratingListener results = new SummaryGeneratingListener();
    try (LauncherSession session = LauncherFactory.openSession(WITHOUT_SESSION_LISTENERS)) {
      session
          .getLauncher()
          .execute(
              LauncherDiscoveryRequestBuilder.request().selectors(selectClass(testClass)).build(),
              results);
    }
    return results.getSummary();
  }

  private static void requireSuccess(TestExecutionSummary summary) {
    if (summary.getTestsSucceededCount() != TESTS) {
      throw new IllegalStateException("Not all tests passed: " + summary.getFailures());
    }
  }

  static final class Plain {
    @RepeatedTest(TESTS)
    void isEmpty() {}
  }

  static final class OnATestLoop {
    @LoopTest
    @RepeatedTest(TESTS)
    void isEmpty() {}
  }

  static final class InRunTest {
    private static final long TIMEOUT_MILLIS = 60_000;

    /** Kotlin marks this variant deprecated; the other one has a name that Java cannot write. */
    @SuppressWarnings("deprecation")
    @RepeatedTest(TESTS)
    void isEmpty() {
      TestBuildersKt.runTest(
          TestScopeKt.TestScope(EmptyCoroutineContext.INSTANCE),
          TIMEOUT_MILLIS,
          (scope, continuation) -> Unit.INSTANCE);
    }
  }
}
