package dev.standstill.junit4;

import dev.standstill.test.stage.Stage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.runner.notification.RunNotifier;
import org.junit.runners.BlockJUnit4ClassRunner;
import org.junit.runners.model.FrameworkMethod;
import org.junit.runners.model.InitializationError;
import org.junit.runners.model.Statement;

/**
 * Runs the tests of a class as tasks of loops in virtual time.
 *
 * <pre>{@code
 * @RunWith(LoopRunner.class)
 * public class ReminderTest {
 *   @Test
 *   public void anHourPassesAtOnce() throws Exception {
 *     Thread.sleep(Duration.ofHours(1));
 *   }
 * }
 * }</pre>
 *
 * <p>Each test has a fresh loop; the constructor, the rules, the {@code @Before} and {@code @After}
 * methods and the test are one task of it, one thread. {@link OnLoop} says what is to be otherwise,
 * and widens the loop to the class: then {@code @BeforeClass} and {@code @AfterClass} methods run
 * on it, too. {@code @ClassRule}s stay on JUnit's thread. {@code @Test(timeout = …)} is a limit of
 * virtual time.
 *
 * <p>A test fails, too: at once when all tasks stand still for good; when one of its tasks fails
 * and nobody asks for its result; and when tasks are left over.
 */
public final class LoopRunner extends BlockJUnit4ClassRunner {

  private final @Nullable OnLoop onClass;
  private final LoopOfClass loopOfClass = new LoopOfClass();

  /**
   * Called by JUnit.
   *
   * @param testClass the class
   * @throws InitializationError if it is no test class
   */
  public LoopRunner(Class<?> testClass) throws InitializationError {
    super(testClass);
    onClass = testClass.getAnnotation(OnLoop.class);
  }

  private boolean hasOneLoop() {
    return onClass != null && onClass.scope() == OnLoop.Scope.CLASS;
  }

  @Override
  protected Statement classBlock(RunNotifier notifier) {
    Statement all = super.classBlock(notifier);
    return hasOneLoop()
        ? LoopStatement.of(() -> loopOfClass.during(getTestClass().getJavaClass(), all::evaluate))
        : all;
  }

  @Override
  protected Statement withBeforeClasses(Statement statement) {
    if (!hasOneLoop()) {
      return super.withBeforeClasses(statement);
    }
    Statement befores = super.withBeforeClasses(LoopStatement.of(() -> {}));
    return LoopStatement.of(() -> {
      run(befores);
      statement.evaluate();
    });
  }

  @Override
  protected Statement withAfterClasses(Statement statement) {
    if (!hasOneLoop()) {
      return super.withAfterClasses(statement);
    }
    Statement afters = super.withAfterClasses(LoopStatement.of(() -> {}));
    return LoopStatement.of(() -> {
      Throwable failure = null;
      try {
        statement.evaluate();
      } catch (Throwable e) {
        failure = LoopStatement.single(e);
      }
      try {
        run(afters);
      } catch (Throwable e) {
        if (failure == null) {
          throw e;
        }
        failure.addSuppressed(e);
      }
      if (failure != null) {
        throw failure;
      }
    });
  }

  /** Runs a part of the class on its loop. */
  private void run(Statement part) throws Throwable {
    Stage stage = Objects.requireNonNull(loopOfClass.stage());
    try {
      stage.runWithFixtures(LoopStatement.work(part), null);
    } finally {
      stage.tell(getTestClass().getJavaClass());
    }
  }

  @Override
  protected Statement methodBlock(FrameworkMethod method) {
    Statement whole = LoopStatement.of(() -> super.methodBlock(method).evaluate());
    Stage stage = loopOfClass.stage();
    return stage == null
        ? LoopStatement.onOwnLoop(whole, describeChild(method))
        : LoopStatement.onLoopOfClass(whole, describeChild(method), stage);
  }
}
