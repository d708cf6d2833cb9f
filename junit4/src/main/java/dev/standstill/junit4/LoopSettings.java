package dev.standstill.junit4;

import dev.standstill.test.stage.Framework;
import dev.standstill.test.stage.LoopPattern;
import dev.standstill.test.stage.LoopedTest;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.internal.AssumptionViolatedException;
import org.junit.runner.Description;

/** What is said of tests: by annotations and by parameters. Any thread may call. */
final class LoopSettings {

  private static final Framework JUNIT_4 =
      new Framework("OnLoop", AssumptionViolatedException.class::isInstance);

  /** Gives parameters; on the JUnit Platform those of the run. */
  private static volatile Function<String, @Nullable String> parameters = System::getProperty;

  private LoopSettings() {}

  /** Takes parameters from there from now on. */
  static void takeParametersFrom(Function<String, @Nullable String> source) {
    parameters = source;
  }

  /** What is said of a test. */
  static LoopedTest of(Description test) {
    OnLoop onMethod = test.getAnnotation(OnLoop.class);
    Class<?> testClass = test.getTestClass();
    if (onMethod != null) {
      refuseScope(onMethod, test);
      return of(onMethod, testClass);
    }
    return of(testClass == null ? null : testClass.getAnnotation(OnLoop.class), testClass);
  }

  private static void refuseScope(OnLoop onMethod, Description test) {
    if (onMethod.scope() != OnLoop.Scope.METHOD) {
      throw new IllegalArgumentException(
          "%s cannot have the loop of its class for itself: put @OnLoop(scope = OnLoop.Scope.CLASS) on the class."
              .formatted(test.getDisplayName()));
    }
  }

  private static LoopedTest of(@Nullable OnLoop said, @Nullable Class<?> testClass) {
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
    String packageName = testClass == null ? "" : testClass.getPackageName();
    return LoopedTest.of(annotation, packageName, parameters, JUNIT_4);
  }

  /** What is said of a class whose tests share a loop. */
  static LoopedTest ofClass(Class<?> testClass) {
    OnLoop said = testClass.getAnnotation(OnLoop.class);
    if (said != null && said.seeds() > 0) {
      throw new IllegalArgumentException(
          "%s has one loop for all its tests, and several seeds need a loop for each test: leave one of the two away."
              .formatted(testClass.getName()));
    }
    return of(said, testClass);
  }

  /** Whether a test runs on a loop of its own though neither a runner nor a rule says so. */
  static boolean isLooped(Description test) {
    Class<?> testClass = test.getTestClass();
    if (testClass == null || LoopOfClass.isShared(testClass)) {
      return false;
    }
    OnLoop onClass = testClass.getAnnotation(OnLoop.class);
    if (onClass != null && onClass.scope() == OnLoop.Scope.CLASS) {
      throw new IllegalArgumentException(
          "The tests of %s cannot share a loop without a runner or a rule that says where it begins: add @RunWith(LoopRunner.class)."
              .formatted(testClass.getName()));
    }
    if (test.getAnnotation(OnLoop.class) != null || onClass != null) {
      return true;
    }
    String pattern = parameters.apply(LoopPattern.PARAMETER);
    String method = test.getMethodName();
    return pattern != null
        && LoopPattern.parse(pattern).includes(testClass, method == null ? "" : method);
  }

  static String nameOf(Description test) {
    Class<?> testClass = test.getTestClass();
    String method = String.valueOf(test.getMethodName());
    return testClass == null ? method : testClass.getSimpleName() + "." + method;
  }
}
