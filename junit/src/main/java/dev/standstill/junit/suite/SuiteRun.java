package dev.standstill.junit.suite;

import dev.standstill.test.suite.Ended;
import dev.standstill.test.suite.Outcome;
import dev.standstill.test.suite.SuiteReport;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * A run of tests, of which those of Jupiter are told to the report; those of other engines are told
 * by who runs them on loops. Any thread may call.
 */
final class SuiteRun {

  private static final UniqueId.Segment JUPITER =
      UniqueId.forEngine("junit-jupiter").getLastSegment();

  private final TestPlan plan;
  private final Map<String, Long> began = new ConcurrentHashMap<>();
  private final SuiteReport report;

  SuiteRun(TestPlan plan, SuiteReport report) {
    this.plan = plan;
    this.report = report;
  }

  void begins(TestIdentifier test) {
    if (!isOfJupiter(test)) {
      return;
    }
    began.put(test.getUniqueId(), System.nanoTime());
  }

  /** A test is skipped, or a container with all its tests. */
  void skips(TestIdentifier test) {
    if (!isOfJupiter(test)) {
      return;
    }
    long tests = plan.getDescendants(test).stream().filter(TestIdentifier::isTest).count();
    report.skipped((int) tests + (test.isTest() ? 1 : 0));
  }

  void ends(TestIdentifier test, TestExecutionResult result) {
    if (!isOfJupiter(test)) {
      return;
    }
    long now = System.nanoTime();
    Long beganAt = began.remove(test.getUniqueId());
    Ended ended =
        new Ended(
            test.getUniqueId(),
            typeOf(test),
            nameOf(test),
            outcome(result),
            result.getThrowable().orElse(null));
    if (!test.isTest()) {
      report.fixtures(ended);
    } else if (beganAt != null) {
      report.test(ended, Duration.ofNanos(now - beganAt));
    }
  }

  /** Also where a suite class of JUnit's selects it, whose engine comes first in the name then. */
  private static boolean isOfJupiter(TestIdentifier test) {
    return test.getUniqueIdObject().getSegments().contains(JUPITER);
  }

  private static Outcome outcome(TestExecutionResult result) {
    return switch (result.getStatus()) {
      case SUCCESSFUL -> Outcome.PASSED;
      case ABORTED -> Outcome.ABORTED;
      case FAILED -> Outcome.FAILED;
    };
  }

  /** What the test is called below its class, from the outside in. */
  private String nameOf(TestIdentifier test) {
    Deque<String> names = new ArrayDeque<>();
    Optional<TestIdentifier> at = Optional.of(test);
    while (at.isPresent() && !isOfClass(at.get())) {
      names.addFirst(at.get().getDisplayName());
      at = plan.getParent(at.get());
    }
    return String.join(" › ", names);
  }

  private static boolean isOfClass(TestIdentifier test) {
    return test.getSource().filter(ClassSource.class::isInstance).isPresent()
        || test.getParentIdObject().isEmpty();
  }

  private String typeOf(TestIdentifier test) {
    Optional<TestIdentifier> at = Optional.of(test);
    while (at.isPresent()) {
      TestSource source = at.get().getSource().orElse(null);
      if (source instanceof ClassSource of) {
        return of.getClassName();
      }
      if (source instanceof MethodSource of) {
        return of.getClassName();
      }
      at = plan.getParent(at.get());
    }
    return test.getDisplayName();
  }

  void end() {
    report.end();
  }
}
