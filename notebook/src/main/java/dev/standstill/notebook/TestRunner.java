package dev.standstill.notebook;

import dev.standstill.test.ReplayToken;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs the tests of cells, under many schedules or again under one. Immutable; any thread may call.
 */
public final class TestRunner {

  static final TestRunner DEFAULT = new TestRunner(Map.of());

  /** Set for a notebook that is run without a reader. */
  private static final String VARIABLE = "STANDSTILL_FAIL_CELLS";

  private static volatile boolean cellsFail = Boolean.parseBoolean(System.getenv(VARIABLE));

  private final Map<String, String> configuration;

  private TestRunner(Map<String, String> configuration) {
    this.configuration = configuration;
  }

  /** As {@link Notebook#seeds}. */
  TestRunner seeds(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "seeds(%d): a test runs under at least 1 seed.".formatted(count));
    }
    return with("standstill.seeds", Integer.toString(count));
  }

  /** As {@link Notebook#replay}. */
  TestRunner replay(String token) {
    return with("standstill.replay", ReplayToken.parse(token).toString());
  }

  /** As {@link Notebook#failCells}. */
  static void failCells(boolean fail) {
    cellsFail = fail;
  }

  private TestRunner with(String parameter, String value) {
    Map<String, String> changed = new LinkedHashMap<>(configuration);
    changed.put(parameter, value);
    return new TestRunner(changed);
  }

  /**
   * Runs the tests of all cells, as {@link Notebook#run()} does.
   *
   * @return the result
   * @throws IllegalStateException if it is not called by a cell, no cell has a test, or the calling
   *     thread is interrupted
   */
  public TestRun run() {
    List<Class<?>> tests = CellClasses.withTests().toRun();
    if (tests.isEmpty()) {
      throw new IllegalStateException(
          "No cell so far has a test: write a class with a method that is annotated with @LoopTest or @Test, and run its cell.");
    }
    return run(tests, "*");
  }

  /**
   * Runs the tests of some classes, as {@link Notebook#run(Class[])} does.
   *
   * @param testClasses the classes, at least one
   * @return the result
   * @throws IllegalStateException if there is no test in them, or the calling thread is interrupted
   */
  public TestRun run(Class<?>... testClasses) {
    return required(
        run(List.of(testClasses), "*"),
        "There is no test in %s: a test is a method with @LoopTest or @Test.",
        List.of(testClasses));
  }

  /**
   * Runs those tests of all cells whose name matches, as {@link Notebook#run(String)} does.
   *
   * @param pattern what the name of the class, of the method, or both with a dot between is; {@code
   *     *} stands for any characters, and {@code |} separates alternatives
   * @return the result
   * @throws IllegalStateException if it is not called by a cell, no test matches, or the calling
   *     thread is interrupted
   */
  public TestRun run(String pattern) {
    List<Class<?>> tests = CellClasses.withTests().toRun();
    return required(
        run(tests, pattern),
        "No test matches \"" + pattern + "\". The classes with tests are: %s.",
        tests);
  }

  private TestRun run(List<Class<?>> tests, String pattern) {
    TestRun run = new TestSession(configuration, tests, pattern).run();
    return cellsFail ? run.check() : run;
  }

  private static TestRun required(TestRun run, String message, List<Class<?>> classes) {
    if (run.results().isEmpty()) {
      throw new IllegalStateException(
          message.formatted(
              classes.stream().map(CellClasses::nameOf).collect(Collectors.joining(", "))));
    }
    return run;
  }
}
