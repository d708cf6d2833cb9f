package dev.standstill.notebook;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherExecutionRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * One run of JUnit, on a thread of its own: the thread of the cell only waits, and can be
 * interrupted. Used once.
 */
final class TestSession {

  /** Runs share what is printed, so they take turns. */
  private static final ReentrantLock TURN = new ReentrantLock();

  /** How long a test may take to end after it has been interrupted. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private final Map<String, String> configuration;
  private final List<Class<?>> classes;
  private final NameFilter filter;
  private final RefusedTests refused;
  private final CancellationToken cancellation = CancellationToken.create();
  private volatile @Nullable Throwable problem;

  /**
   * @param configuration parameters for JUnit
   * @param pattern which of the tests in {@code classes}
   */
  TestSession(Map<String, String> configuration, List<Class<?>> classes, String pattern) {
    this.configuration = configuration;
    this.classes = classes;
    this.filter = new NameFilter(pattern);
    this.refused = new RefusedTests(filter);
  }

  TestRun run() {
    try {
      TURN.lockInterruptibly();
    } catch (InterruptedException e) {
      throw interrupted(new TestRun(List.of(), Duration.ZERO), "before it began");
    }
    CellLines.findCells();
    LateAgent.load(); // Before output is captured: no test has printed the warning of the JVM.
    try (CapturedOutput output = new CapturedOutput()) {
      return run(new RunRecorder(output, refused));
    } finally {
      TURN.unlock();
    }
  }

  private TestRun run(RunRecorder recorder) {
    Thread thread =
        Thread.ofPlatform().daemon().name("notebook-tests").unstarted(() -> execute(recorder));
    thread.setContextClassLoader(classLoader());
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw interrupted(recorder.run(), end(thread));
    }
    if (problem != null) {
      throw new IllegalStateException(
          "JUnit could not run the tests: " + problem.getMessage(), problem);
    }
    return recorder.run();
  }

  /**
   * The class loader of cells, so that code under test finds the classes of other cells by name.
   */
  private @Nullable ClassLoader classLoader() {
    return classes.isEmpty() ? null : classes.getLast().getClassLoader();
  }

  private void execute(RunRecorder recorder) {
    try {
      refused.listenWhile(() -> LauncherFactory.create().execute(request(recorder)));
    } catch (Throwable failure) {
      problem = failure;
    }
  }

  private LauncherExecutionRequest request(RunRecorder recorder) {
    List<? extends DiscoverySelector> selectors =
        classes.stream().map(DiscoverySelectors::selectClass).toList();
    return LauncherDiscoveryRequestBuilder.request()
        .selectors(selectors)
        .filters(filter)
        .listeners(refused)
        .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
        .configurationParameter(RunRecorder.VIRTUAL_TIME, "true")
        .configurationParameter("standstill.timeline", "on_failure") // shown in the cell
        .configurationParameter("standstill.failures", "none") // cells change too often for that
        .configurationParameters(configuration)
        .forExecution()
        .listeners(recorder)
        .cancellationToken(cancellation)
        .build();
  }

  /** Ends the run, and returns how that went, to follow the words "was interrupted". */
  private String end(Thread thread) {
    cancellation.cancel();
    thread.interrupt();
    try {
      if (thread.join(GRACE)) {
        return "and has ended";
      }
    } catch (InterruptedException e) {
      // Interrupted once more: whoever did it does not want to wait.
    }
    return "but the test that runs has not ended, and goes on in the background";
  }

  private static IllegalStateException interrupted(TestRun run, String how) {
    return new IllegalStateException("The run was interrupted, %s.%n%s".formatted(how, run));
  }
}
