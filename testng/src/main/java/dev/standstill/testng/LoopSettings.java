package dev.standstill.testng;

import dev.standstill.test.stage.Framework;
import dev.standstill.test.stage.LoopPattern;
import dev.standstill.test.stage.LoopedTest;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.testng.ITestContext;
import org.testng.ITestNGMethod;
import org.testng.SkipException;

/** What is said of tests: by annotations and by parameters. Any thread may call. */
final class LoopSettings {

  private static final Framework TEST_NG = new Framework("OnLoop", SkipException.class::isInstance);

  private LoopSettings() {}

  /** What is said of a test method; empty if it does not run on a loop. */
  static Optional<LoopedTest> of(ITestNGMethod test, ITestContext context) {
    Class<?> testClass = test.getRealClass();
    Method method = test.getConstructorOrMethod().getMethod();
    OnLoop onMethod = method == null ? null : method.getAnnotation(OnLoop.class);
    if (onMethod != null && onMethod.scope() != OnLoop.Scope.METHOD) {
      throw new IllegalArgumentException(
          "%s cannot have the loop of its class for itself: put @OnLoop(scope = OnLoop.Scope.CLASS) on the class."
              .formatted(test.getQualifiedName()));
    }
    return of(
        onMethod == null ? testClass.getAnnotation(OnLoop.class) : onMethod,
        testClass,
        test.getMethodName(),
        context);
  }

  /** What is said of a class; empty if it does not run on loops. */
  static Optional<LoopedTest> of(Class<?> testClass, ITestContext context) {
    return of(testClass.getAnnotation(OnLoop.class), testClass, null, context);
  }

  private static Optional<LoopedTest> of(
      @Nullable OnLoop said, Class<?> testClass, @Nullable String method, ITestContext context) {
    Function<String, @Nullable String> parameters = parametersOf(context);
    if (said != null && said.scope() == OnLoop.Scope.CLASS && said.seeds() > 0) {
      throw new IllegalArgumentException(
          "%s has one loop for all its tests, and several seeds need a loop for each test: leave one of the two away."
              .formatted(testClass.getName()));
    }
    if (said == null && !isNamed(testClass, method, parameters)) {
      return Optional.empty();
    }
    LoopedTest.Annotation annotation =
        said == null
            ? LoopedTest.Annotation.NONE
            : new LoopedTest.Annotation(
                said.timeout(),
                said.realTimeLimit(),
                said.seeds(),
                said.replay(),
                said.leaks(),
                said.ownNetwork());
    return Optional.of(LoopedTest.of(annotation, testClass.getPackageName(), parameters, TEST_NG));
  }

  private static boolean isNamed(
      Class<?> testClass, @Nullable String method, Function<String, @Nullable String> parameters) {
    String text = parameters.apply(LoopPattern.PARAMETER);
    if (text == null) {
      return false;
    }
    LoopPattern pattern = LoopPattern.parse(text);
    return method == null ? pattern.includes(testClass) : pattern.includes(testClass, method);
  }

  private static Function<String, @Nullable String> parametersOf(ITestContext context) {
    return name -> {
      String ofTest = context.getCurrentXmlTest().getParameter(name);
      return ofTest == null ? System.getProperty(name) : ofTest;
    };
  }

  /** Whether the tests of a class share a loop. */
  static boolean haveOneLoop(Class<?> testClass) {
    OnLoop onClass = testClass.getAnnotation(OnLoop.class);
    return onClass != null && onClass.scope() == OnLoop.Scope.CLASS;
  }

  /** How far virtual time may move in a test method: up to the shorter of two limits. */
  static @Nullable Duration timeout(LoopedTest said, ITestNGMethod test) {
    Duration ours = said.timeout();
    if (test.getTimeOut() <= 0) {
      return ours;
    }
    Duration theirs = Duration.ofMillis(test.getTimeOut());
    return ours == null || theirs.compareTo(ours) < 0 ? theirs : ours;
  }
}
