package dev.standstill.junit4;

import dev.standstill.test.TestLoop;
import dev.standstill.test.stage.Stage;
import java.util.Objects;
import org.junit.rules.TestRule;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/**
 * Runs tests as tasks of loops in virtual time, whatever their runner.
 *
 * <pre>{@code
 * @Rule public final LoopRule loops = new LoopRule();
 *
 * @Test
 * public void anHourPassesAtOnce() throws Exception {
 *   Thread.sleep(Duration.ofHours(1));
 * }
 * }</pre>
 *
 * <p>Each test has a fresh loop; its {@code @Before} and {@code @After} methods and the rules
 * inside of this one run on it, too, in one task. The constructor does not: JUnit makes the
 * instance before it looks for rules. Where that matters, take {@link LoopRunner}; where the class
 * has another runner, or other rules, {@code @Rule(order = Integer.MIN_VALUE)} puts this rule
 * outside of them.
 *
 * <p>On a static field with {@code @ClassRule} and {@code @Rule} there is one loop for all tests of
 * the class. {@link OnLoop} says what else is to be otherwise.
 */
public final class LoopRule implements TestRule {

  private final LoopOfClass loopOfClass = new LoopOfClass();

  /** Whether a test has asked for this rule since the class began. */
  private volatile boolean applied;

  /** Makes a rule. */
  public LoopRule() {}

  /**
   * Returns the loop of the test that runs.
   *
   * @return the loop
   * @throws IllegalStateException if the caller is no test or fixture on a loop
   */
  public TestLoop loop() {
    return TestLoop.currentIfPresent()
        .orElseThrow(() ->
            new IllegalStateException(
                "There is no loop here: ask in a test, or in a @Before or @After method."));
  }

  @Override
  public Statement apply(Statement base, Description description) {
    if (!description.isTest()) {
      return LoopStatement.of(() -> runOnOneLoop(base, description));
    }
    applied = true;
    Stage stage = loopOfClass.stage();
    return stage == null
        ? LoopStatement.onOwnLoop(base, description)
        : LoopStatement.onLoopOfClass(base, description, stage);
  }

  private void runOnOneLoop(Statement tests, Description description) throws Throwable {
    applied = false;
    loopOfClass.during(
        Objects.requireNonNull(description.getTestClass()),
        () -> {
          tests.evaluate();
          refuseToRunNothing(description);
        });
  }

  private void refuseToRunNothing(Description description) {
    if (!applied) {
      throw new IllegalStateException(
          "The LoopRule of %s is a @ClassRule only, so no test of it has run on the loop: put @Rule on the field as well."
              .formatted(description.getDisplayName()));
    }
  }
}
