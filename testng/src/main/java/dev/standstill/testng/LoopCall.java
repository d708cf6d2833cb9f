package dev.standstill.testng;

import dev.standstill.test.stage.LoopedTest;
import dev.standstill.test.stage.Stage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.testng.ITestContext;
import org.testng.ITestNGMethod;

/**
 * One call of a test method with the configuration methods around it, or all calls on an instance
 * of a class, and the loop that they run on. For one thread at a time.
 */
final class LoopCall {

  private final LoopedTest settings;
  private final Stage stage;
  private final ITestContext context;

  /** The test method; null if this is about a class. */
  private final @Nullable ITestNGMethod test;

  private boolean tested;
  private boolean ended;

  /** How many configuration methods are to come after the test, or the class. */
  private int aftersLeft;

  private LoopCall(
      LoopedTest settings,
      Stage stage,
      ITestContext context,
      @Nullable ITestNGMethod test,
      int aftersLeft) {
    this.settings = settings;
    this.stage = stage;
    this.context = context;
    this.test = test;
    this.aftersLeft = aftersLeft;
  }

  /** Opens a loop for one call of a test method. */
  static LoopCall of(ITestNGMethod test, LoopedTest settings, ITestContext context) {
    String name = test.getRealClass().getSimpleName() + "." + test.getMethodName();
    Long seed = settings.seeds() == 0 ? null : (long) test.getCurrentInvocationCount();
    return new LoopCall(
        settings,
        settings.open(name, seed),
        context,
        test,
        count(test.getTestClass().getAfterTestMethods(), test.getInstance()));
  }

  /** Opens a loop for all calls on an instance of a class. */
  static LoopCall ofInstance(
      Object instance, ITestNGMethod[] afters, LoopedTest settings, ITestContext context) {
    return new LoopCall(
        settings,
        settings.open(instance.getClass().getSimpleName(), null),
        context,
        null,
        count(afters, instance));
  }

  private static int count(ITestNGMethod[] methods, Object instance) {
    return (int)
        Arrays.stream(methods)
            .filter(each -> each.getInstance() == null || each.getInstance() == instance)
            .count();
  }

  LoopedTest settings() {
    return settings;
  }

  Stage stage() {
    return stage;
  }

  ITestContext context() {
    return context;
  }

  /** Whether this is a call of {@code method}, on the same instance. */
  boolean isOf(ITestNGMethod method) {
    return test != null && test.equals(method) && test.getInstance() == method.getInstance();
  }

  /** Whether the test method is still to be called. */
  boolean isBeforeTest() {
    return !tested;
  }

  /** Says that the test method has been called, or will not be. */
  void tested() {
    tested = true;
  }

  boolean isEnded() {
    return ended;
  }

  /** Says that one of the configuration methods afterwards has its turn. */
  void after() {
    aftersLeft--;
  }

  /** Whether no configuration method is to come any more. */
  boolean hasNoAfters() {
    return aftersLeft <= 0;
  }

  /**
   * Closes the loop.
   *
   * @param failure what was wrong before; null for nothing
   * @throws Throwable that failure, else what the loop has to say
   */
  void close(@Nullable Throwable failure) throws Throwable {
    ended = true;
    LoopedTest.closed(stage, failure);
  }
}
