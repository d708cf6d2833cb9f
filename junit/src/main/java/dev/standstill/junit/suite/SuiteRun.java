package dev.standstill.junit.suite;

import dev.standstill.junit.suite.Observations.Met;
import dev.standstill.junit.suite.SuiteTest.Outcome;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * A run of tests, as it is noted for the report, in which those of other engines than Jupiter have
 * no place: what their loops meet is told to nobody. Any thread may call.
 */
final class SuiteRun {

  private static final UniqueId.Segment JUPITER =
      UniqueId.forEngine("junit-jupiter").getLastSegment();

  private final TestPlan plan;
  private final Map<String, Long> began = new ConcurrentHashMap<>();
  private final Queue<SuiteTest> tests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger skipped = new AtomicInteger();
  private final long start = System.nanoTime();

  SuiteRun(TestPlan plan) {
    this.plan = plan;
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
    if (test.isTest()) {
      skipped.incrementAndGet();
    }
    plan.getDescendants(test).stream()
        .filter(TestIdentifier::isTest)
        .forEach(each -> skipped.incrementAndGet());
  }

  void ends(TestIdentifier test, TestExecutionResult result) {
    if (!isOfJupiter(test)) {
      return;
    }
    long now = System.nanoTime();
    Long beganAt = began.remove(test.getUniqueId());
    Met met = Observations.take(test.getUniqueId());
    if (test.isTest() && beganAt != null) {
      tests.add(entry(test, result, Duration.ofNanos(now - beganAt), met));
    } else if (!test.isTest() && (hasMet(met) || result.getThrowable().isPresent())) {
      Duration onLoop = met == null ? Duration.ZERO : met.real();
      tests.add(entry(test, result, onLoop, met));
    }
  }

  /** Also where a suite class of JUnit's selects it, whose engine comes first in the name then. */
  private static boolean isOfJupiter(TestIdentifier test) {
    return test.getUniqueIdObject().getSegments().contains(JUPITER);
  }

  private static boolean hasMet(@Nullable Met met) {
    return met != null
        && !(met.virtual().isZero() && met.left().isEmpty() && met.outside().isEmpty());
  }

  private SuiteTest entry(
      TestIdentifier test, TestExecutionResult result, Duration real, @Nullable Met met) {
    return new SuiteTest(
        typeOf(test),
        nameOf(test),
        test.isTest(),
        outcome(result),
        real,
        met,
        result.getThrowable().map(SuiteTest::lineOf).orElse(null),
        result.getThrowable().map(SuiteTest::hangIn).orElse(null));
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

  SuiteResult result() {
    return new SuiteResult(
        List.copyOf(tests), skipped.get(), Duration.ofNanos(System.nanoTime() - start));
  }
}
