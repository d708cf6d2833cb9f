package dev.standstill.notebook;

import dev.standstill.notebook.TestRun.Result;
import dev.standstill.notebook.TestRun.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Listens to a run of JUnit, and makes a {@link TestRun} of it. Any thread may call. */
final class RunRecorder implements TestExecutionListener {

  /** The report entry in which a {@code @LoopTest} tells its virtual time, if asked to. */
  static final String VIRTUAL_TIME = "standstill.virtualTime";

  private final CapturedOutput output;
  private final RefusedTests refused;
  private final long began = System.nanoTime();
  private final Map<String, Long> starts = new LinkedHashMap<>();
  private final Map<String, Duration> virtualTimes = new LinkedHashMap<>();
  private final List<Result> results = new ArrayList<>();
  private @Nullable TestPlan plan;

  RunRecorder(CapturedOutput output, RefusedTests refused) {
    this.output = output;
    this.refused = refused;
  }

  /** What has been run until now. */
  synchronized TestRun run() {
    return new TestRun(results, Duration.ofNanos(System.nanoTime() - began));
  }

  @Override
  public synchronized void testPlanExecutionStarted(TestPlan testPlan) {
    plan = testPlan;
    results.addAll(refused.results());
  }

  @Override
  public synchronized void executionStarted(TestIdentifier test) {
    starts.put(test.getUniqueId(), System.nanoTime());
  }

  @Override
  public synchronized void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    String time = entry.getKeyValuePairs().get(VIRTUAL_TIME);
    if (time != null) {
      virtualTimes.put(test.getUniqueId(), Duration.parse(time));
    }
  }

  @Override
  public synchronized void executionSkipped(TestIdentifier test, String reason) {
    add(new Result(nameOf(test), "", 1, Status.SKIPPED, Duration.ZERO, null, "", null, reason));
  }

  /** A container, such as a class, is worth a result of its own only if it fails. */
  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult outcome) {
    boolean passed = outcome.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
    if (test.isTest() || !passed) {
      add(resultOf(test, outcome, passed));
    }
    virtualTimes.remove(test.getUniqueId());
  }

  private Result resultOf(TestIdentifier test, TestExecutionResult outcome, boolean passed) {
    Throwable thrown = outcome.getThrowable().orElse(null);
    boolean skipped = outcome.getStatus() == TestExecutionResult.Status.ABORTED;
    Long start = starts.remove(test.getUniqueId());
    return new Result(
        nameOf(test),
        passed ? "" : invocation(test),
        1,
        passed ? Status.PASSED : skipped ? Status.SKIPPED : Status.FAILED,
        start == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - start),
        virtualTimes.get(test.getUniqueId()),
        output.take(),
        skipped ? null : thrown,
        skipped && thrown != null ? thrown.getMessage() : null);
  }

  /** Those invocations of one method that pass become one result. */
  private void add(Result result) {
    for (int i = 0; i < results.size(); i++) {
      if (isSameMethod(results.get(i), result)) {
        results.set(i, merge(results.get(i), result));
        return;
      }
    }
    results.add(result);
  }

  private static boolean isSameMethod(Result one, Result other) {
    return one.status() == Status.PASSED
        && other.status() == Status.PASSED
        && one.test().equals(other.test());
  }

  private static Result merge(Result one, Result other) {
    return new Result(
        one.test(),
        "",
        one.runs() + other.runs(),
        Status.PASSED,
        one.realTime().plus(other.realTime()),
        longer(one.virtualTime(), other.virtualTime()),
        one.output() + other.output(),
        null,
        null);
  }

  private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
    return one == null || (other != null && other.compareTo(one) > 0) ? other : one;
  }

  /** The class, and the method or what its author calls it. */
  private String nameOf(TestIdentifier test) {
    Optional<MethodSource> method = method(test);
    if (method.isEmpty()) {
      return test.getSource()
          .filter(ClassSource.class::isInstance)
          .map(source -> CellClasses.nameOf(((ClassSource) source).getJavaClass()))
          .orElse(test.getDisplayName());
    }
    String display = methodLevel(test).getDisplayName();
    String name = method.get().getMethodName();
    return CellClasses.nameOf(method.get().getJavaClass())
        + (display.startsWith(name + "(") ? "." + name : ": " + display);
  }

  /** What sets an invocation of a method apart; empty if the test is the method itself. */
  private String invocation(TestIdentifier test) {
    boolean only = test.equals(methodLevel(test)) || test.getDisplayName().equals("virtual time");
    return only ? "" : test.getDisplayName();
  }

  /** The method that a test, or one of its invocations, belongs to. */
  private TestIdentifier methodLevel(TestIdentifier test) {
    return parentOf(test)
        .filter(parent -> parent.getSource().filter(MethodSource.class::isInstance).isPresent())
        .map(this::methodLevel)
        .orElse(test);
  }

  private Optional<MethodSource> method(TestIdentifier test) {
    return methodLevel(test)
        .getSource()
        .filter(MethodSource.class::isInstance)
        .map(MethodSource.class::cast);
  }

  private Optional<TestIdentifier> parentOf(TestIdentifier test) {
    return Objects.requireNonNull(plan, "plan").getParent(test);
  }
}
