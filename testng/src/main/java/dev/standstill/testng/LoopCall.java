package dev.standstill.testng;

import dev.standstill.test.stage.LoopedTest;
import dev.standstill.test.stage.Stage;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.testng.ITestContext;
import org.testng.ITestNGMethod;
import org.testng.ITestResult;

/**
 * One call of a test method with the configuration methods around it, or all calls on an instance
 * of a class, and the loop that they run on. For one thread at a time.
 */
final class LoopCall {

  private final LoopedTest settings;
  private final Stage stage;
  private final ITestContext context;

  private final Class<?> testClass;

  /** The test method; null if this is about all those of the class. */
  private final @Nullable ITestNGMethod test;

  /** Decides the schedule; null for first in, first out. */
  private final @Nullable Long seed;

  /** What became of the test, to be told when the loop is closed; null if that has been told. */
  private @Nullable ITestResult untold;

  private boolean tested;
  private boolean ended;

  /** How many configuration methods are to come after the test, or the class. */
  private int aftersLeft;

  private LoopCall(
      LoopedTest settings,
      Stage stage,
      ITestContext context,
      Class<?> testClass,
      @Nullable ITestNGMethod test,
      @Nullable Long seed,
      int aftersLeft) {
    this.settings = settings;
    this.stage = stage;
    this.context = context;
    this.testClass = testClass;
    this.test = test;
    this.seed = seed;
    this.aftersLeft = aftersLeft;
  }

  /** Opens a loop for one call of a test method. */
  static LoopCall of(ITestNGMethod test, LoopedTest settings, ITestContext context) {
    String name = nameOf(test);
    Long seed = settings.seeds() == 0 ? null : (long) test.getCurrentInvocationCount();
    return new LoopCall(
        settings,
        settings.open(name, seed),
        context,
        test.getRealClass(),
        test,
        seed,
        count(test.getTestClass().getAfterTestMethods(), test.getInstance()));
  }

  /** Opens a loop for all calls on an instance of a class. */
  static LoopCall ofInstance(
      Object instance, ITestNGMethod[] afters, LoopedTest settings, ITestContext context) {
    return new LoopCall(
        settings,
        settings.open(instance.getClass().getSimpleName(), null),
        context,
        instance.getClass(),
        null,
        null,
        count(afters, instance));
  }

  private static String nameOf(ITestNGMethod test) {
    return test.getRealClass().getSimpleName() + "." + test.getMethodName();
  }

  /** A test method has been called; the loop is still open. */
  void writeTimeline(ITestNGMethod called, @Nullable Throwable failure) {
    settings.writeTimeline(stage, nameOf(called), failure);
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

  /** What tells a method of this call from others, for the report of the suite. */
  Object keyOf(ITestResult result) {
    return test == null && result.getMethod().isTest() ? result : this;
  }

  /** The seed, behind the name of the test; empty if there is none. */
  String seedInWords() {
    return seed == null ? "" : " › seed " + seed;
  }

  /** The seed; null if there is none. */
  @Nullable Long seed() {
    return seed;
  }

  /** What has become of the test is told now, or when the loop is closed. */
  void tell(ITestResult result) {
    if (test == null || ended) {
      LoopNotes.tested(result, this);
    } else {
      untold = result;
    }
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
    try {
      LoopedTest.closed(stage, failure);
    } finally {
      stage.tell(this);
      tellAll();
    }
  }

  private void tellAll() {
    ITestResult result = untold;
    if (result != null) {
      untold = null;
      LoopNotes.tested(result, this);
    } else if (test == null) {
      LoopNotes.closed(this, testClass, context);
    }
  }
}
